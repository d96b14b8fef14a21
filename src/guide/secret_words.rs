//! The words by which [`super::secrets`] tells what a sentence does: for each role a list of
//! Chinese phrases and one of English. Of phrases that begin at the same word the longest counts;
//! `_` joins the words of an English one.

use Role::{
    And, App, Asks, But, Elsewhere, Fraud, Give, Hidden, InApp, It, Never, Not, Other, Paper,
    Prove, Type,
};

/// What a phrase does in a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// A secret that nobody may ask for.
    Never,
    /// A secret that belongs in OKX's app and nowhere else.
    InApp,
    /// A verb of handing over, or a phrase that amounts to one.
    Give,
    /// A verb of typing or copying.
    Type,
    /// A verb that asks for a secret only where it is one that nobody may ask for.
    Prove,
    /// Negates the rest of its clause.
    Not,
    /// Ends a negation: "don't forget to send it".
    But,
    /// Says that a secret in the same clause is left out, before it or behind it.
    Hidden,
    /// Tells that somebody asks for something. With a word of fraud it makes a warning.
    Asks,
    /// Says that somebody is a fraud, or what to do then.
    Fraud,
    /// Where a password or a code belongs; or the user tells what he does.
    App,
    /// Where a seed phrase or a key belongs.
    Paper,
    /// Where no secret belongs.
    Elsewhere,
    /// Stands for the secret of the sentence before.
    It,
    /// Joins two verbs; before any other verb it ends a negation.
    And,
    /// A sign that ends a clause.
    Mark,
    /// Anything else, and what only looks like one of the above.
    Other,
}

/// The phrases of each role.
pub const PHRASES: &[(Role, &str)] = &[
    (
        Never,
        "助记词 助记 注记词 私钥 恢复词 恢复短语 种子词 种子短语 密语 个单词",
    ),
    (
        Never,
        "seed seeds seed_phrase mnemonic mnemonics keystore phrase phrases private_key \
         private_keys secret_key secret_keys recovery_word recovery_words secret_words \
         backup_words wallet_words wallet's_words twelve_words 12_words 12_word 15_words \
         18_words 24_words 24_word twelve_word four_words",
    ),
    (
        InApp,
        "密码 验证码 校验码 六位数字 动态码 口令 安全码 识别码 pin otp cvv",
    ),
    (
        InApp,
        "password passwords passcode passcodes passphrase pin pins otp otps cvv cvc credentials \
         login_details six_digits login_data code codes",
    ),
    (
        Give,
        "发给 发送 发到 发来 发我 发过来 发过去 发往 转发 转给 告诉 告知 提供 提交 上传 交给 \
         交出 给 报给 报一下 报出 报上 念 读给 读出 说出 说给 照实说 出示 分享 回复 透露 泄露 \
         写给 拍给 附上 附件 登记 需要你 需要您 客服需要 专员需要 客服拿到 专员拿到 是什么 \
         是多少",
    ),
    (
        Give,
        "send sending tell telling give giving provide providing submit submitting share \
         sharing upload uploading forward forwarding dictate dictating reveal revealing \
         disclose disclosing hand_over handing_over hand_us hand_your supply supplying reply \
         replying respond quote attach attaching photograph photographing relay transmit \
         surrender speak spell deliver recite drop read reading show_your show_us email_your \
         email_us mail_us mail_your message_us text_us text_your post_your we_need needs_your \
         is_required are_required is_needed are_needed what_is_your what's_your what_are_your \
         be_sent be_given be_told be_read be_shared be_submitted be_provided be_passed_on \
         passing_on add adding it_has_your agent_needs support_needs reviewer_needs \
         agent_will_need support_will_need reviewer_will_need pass_on say include including \
         text_the let_the let_us let_support",
    ),
    (
        Type,
        "输入 键入 录入 填 粘贴 贴到 贴进 写上 写在 写到 写进 写下 复制到 输一下 输进 输到",
    ),
    (
        Type,
        "enter entering type typing input inputting key_in keying_in fill_in filling_in \
         fill_the fill_out be_typed be_entered paste pasting put putting write writing insert \
         copy copying",
    ),
    (Prove, "导入 验证 证明 同步 连接 激活 解锁 用你的 用您的"),
    (
        Prove,
        "import importing validate validating synchronize synchronise sync verify verifying \
         authenticate confirm confirming connect rectify prove with_your using_your",
    ),
    (Not, "不 别 勿 没 没有 未 无需 无须 禁止 拒绝 莫 避免 甭"),
    (
        Not,
        "never not no nobody none nor neither without don't doesn't won't can't cannot mustn't \
         shouldn't isn't aren't did didn't dont nothing refuse avoid stop nowhere wouldn't \
         needn't cover covering hide mask leave_out remove except",
    ),
    (
        But,
        "担心 忘 犹豫 慌 急 怕 只 仅 但 就 请 然后 而是 错过 迟疑 等 快 马上 漏",
    ),
    (
        But,
        "hesitate forget worry wait fail afraid delay only miss just please so until unless \
         when if because while by after before once up shy reluctant fear decline reject \
         neglect omit skip ignore instead problem risk doubt longer matter panic hesitation but \
         then",
    ),
    (Hidden, "遮 别写 不写 不要写 不含 不带 去掉"),
    (Hidden, "covered hidden masked removed blacked unreadable"),
    (
        Asks,
        "要你 让你 叫你 要求你 问你 向你要 要您 让您 叫您 劝你",
    ),
    (
        Asks,
        "asks ask asking asked wants want tells demands says requests requires urges",
    ),
    (
        Fraud,
        "骗 骗子 诈 盗 假 小偷 钓鱼 挂断 拉黑 别理 关掉 关闭 走开 离开 举报 退出 不理 别信 陷阱",
    ),
    (
        Fraud,
        "scam scams scammer scammers thief thieves fraud fake steal steals stealing phishing \
         trick close leave hang_up block report criminal crook impostor cheat swindler",
    ),
    (App, "app okx.com 登录页 登录页面 我"),
    (App, "app okx.com login_page i my"),
    (Paper, "纸 纸上"),
    (Paper, "paper down"),
    (
        Elsewhere,
        "这里 网站 网页 链接 聊天 表格 下面 备注 群里 电报 微信 邮件 专员 对方 下方 弹窗 弹出 \
         工单 页面 我们",
    ),
    (
        Elsewhere,
        "here website site link chat form bot telegram whatsapp wechat note below caller agent \
         popup page group window email message colleague team us reply_to ticket box",
    ),
    (It, "它 它们 把这"),
    (It, "it them these those both"),
    (And, "并 并且"),
    (And, "and"),
    (
        Other,
        "不同 不对 不行 不了 不到 不通 不开 不上 不过 不一样 不足 不稳 不清 不错 差不多 不久 \
         不然 分别 特别 级别 别的 别人 个别 识别 没问题 没事 没错 没关系 未来 不仅 不只 不但 \
         不光 不止 没用 没收 不动 不见 都发到 会发到 给过 给了 给的 告诉过 告诉了 提供过 提供的 \
         上传的 导入的 输入的 身份验证 两步验证 双重验证 邮件里的 短信里的",
    ),
    (
        Other,
        "error_code error_codes qr_code qr_codes country_code post_code postal_code zip_code \
         area_code source_code bar_code phishing_code status_code promo_code referral_code \
         the_type this_type which_type document_type type_of the_copy a_copy the_form \
         forwarding_rules press_enter i_enter tell_nobody tell_no_one will_be_sent \
         from_the_email from_the_message text_message text_messages",
    ),
];
