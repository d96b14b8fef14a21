#!/usr/bin/env python3
"""Looks at the shipped pages in a real browser: on a phone, on a desk, on paper.

    python3 tests/browser/check.py [--chromium PROGRAM] [--pictures FOLDER] [PAGE.html ...]

Needs Chromium and a Chinese font (on Debian: apt install chromium fonts-noto-cjk) and nothing else.
Without pages it takes those in guides/okx-verification/pages. With --pictures it keeps what it saw.
"""

import argparse
import base64
import fcntl
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGES = ROOT / "guides" / "okx-verification" / "pages"
WIDTHS = {"phone": (360, 740), "desk": (1200, 900)}


class Browser:
    """A headless Chromium that is spoken to through two pipes, so no library is needed."""

    def __init__(self, program, home):
        to_browser, self.write = os.pipe()
        self.read, from_browser = os.pipe()

        def places():
            # Out of the way first, as the pipes may have these numbers themselves.
            ends = [fcntl.fcntl(end, fcntl.F_DUPFD, 10) for end in (to_browser, from_browser)]
            for number, end in zip((3, 4), ends):
                os.dup2(end, number)

        self.process = subprocess.Popen(
            [program, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
             f"--user-data-dir={home}", "--remote-debugging-pipe"],
            preexec_fn=places, close_fds=False,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_browser)
        os.close(from_browser)
        self.rest = b""
        self.last = 0
        self.events = []
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        flat = self.ask("Target.attachToTarget", targetId=target, flatten=True)
        self.session = flat["sessionId"]
        for domain in ["Page", "Network", "Runtime", "Log"]:
            self.ask(f"{domain}.enable")

    session = None

    def message(self):
        while b"\0" not in self.rest:
            more = os.read(self.read, 1 << 16)
            if not more:
                sys.exit("the browser has gone away")
            self.rest += more
        one, self.rest = self.rest.split(b"\0", 1)
        return json.loads(one)

    def ask(self, method, **params):
        self.last += 1
        request = {"id": self.last, "method": method, "params": params}
        if self.session:
            request["sessionId"] = self.session
        os.write(self.write, json.dumps(request).encode() + b"\0")
        while True:
            answer = self.message()
            if answer.get("id") == self.last:
                if "error" in answer:
                    sys.exit(f"{method}: {answer['error']}")
                return answer["result"]
            self.events.append(answer)

    def until(self, method):
        while True:
            seen = [event for event in self.events if event.get("method") == method]
            if seen:
                return
            self.events.append(self.message())

    def value(self, expression):
        return self.ask("Runtime.evaluate", expression=expression, returnByValue=True)["result"].get("value")

    def open(self, path):
        self.events = []
        self.ask("Page.navigate", url=path.resolve().as_uri())
        self.until("Page.loadEventFired")

    def window(self, width, height):
        self.ask("Emulation.setDeviceMetricsOverride", width=width, height=height,
                 deviceScaleFactor=1, mobile=width < 600)

    def click(self, x, y):
        for kind in ["mousePressed", "mouseReleased"]:
            self.ask("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def picture(self, path):
        shot = self.ask("Page.captureScreenshot", captureBeyondViewport=True)
        path.write_bytes(base64.b64decode(shot["data"]))

    def paper(self):
        pdf = self.ask("Page.printToPDF", preferCSSPageSize=True, printBackground=True)
        return base64.b64decode(pdf["data"])

    def close(self):
        self.process.terminate()
        self.process.wait()


WIDER = """(() => {
  const wide = document.documentElement.clientWidth;
  const over = [...document.querySelectorAll('body *')]
    .filter(e => e.getBoundingClientRect().right > wide + 0.5)
    .map(e => e.tagName + ' ' + (e.textContent || '').slice(0, 40));
  if (document.documentElement.scrollWidth > wide) over.push('the page scrolls sideways');
  return over;
})()"""

HEADINGS = "[...document.querySelectorAll('h1,h2,h3,h4')].map(h => +h.tagName[1])"

CONTRAST = """(() => {
  const light = text => {
    const part = text.match(/[\\d.]+/g).slice(0, 3).map(v => v / 255)
      .map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * part[0] + 0.7152 * part[1] + 0.0722 * part[2];
  };
  const paper = e => {
    const color = getComputedStyle(e).backgroundColor;
    return color === 'rgba(0, 0, 0, 0)' && e.parentElement ? paper(e.parentElement) : color;
  };
  const all = [...document.querySelectorAll('h1,h2,p,li,summary,a,code,label span')].map(e => {
    const [a, b] = [light(getComputedStyle(e).color), light(paper(e))];
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  });
  return Math.min(...all);
})()"""

BOX = """(n => {
  const box = document.querySelectorAll('input[type=checkbox]')[n];
  const label = box.closest('label').querySelector('span');
  label.scrollIntoView({block: 'center'});
  const at = label.getBoundingClientRect();
  return {x: at.left + Math.min(8, at.width / 2), y: at.top + at.height / 2, on: box.checked};
})"""


def look(browser, page, pictures):
    wrong = []
    browser.window(*WIDTHS["desk"])
    browser.open(page)
    asked = [event["params"]["request"]["url"] for event in browser.events
             if event.get("method") == "Network.requestWillBeSent"]
    if asked != [page.resolve().as_uri()]:
        wrong.append(f"it loads more than itself: {asked[1:]}")
    said = [event for event in browser.events if event.get("method") in ("Log.entryAdded", "Runtime.exceptionThrown")]
    if said:
        wrong.append(f"the browser complains: {said[0]['params']}")
    if not browser.value("document.documentElement.lang"):
        wrong.append("it does not say its language")
    levels = browser.value(HEADINGS)
    if levels.count(1) != 1 or levels[0] != 1:
        wrong.append(f"its headings do not begin with one of the first level: {levels}")
    if any(after > before + 1 for before, after in zip(levels, levels[1:])):
        wrong.append(f"its headings leave out a level: {levels}")
    if browser.value("[...document.querySelectorAll('details')].some(d => !d.open)"):
        wrong.append("a line is closed")
    for name, (width, height) in WIDTHS.items():
        browser.window(width, height)
        over = browser.value(WIDER)
        if over:
            wrong.append(f"too wide at {width} px: {over[:3]}")
        for scheme in ["light", "dark"]:
            browser.ask("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
            contrast = browser.value(CONTRAST)
            if contrast < 4.5:
                wrong.append(f"hard to read when {scheme}: contrast {contrast:.1f}")
            if pictures:
                browser.picture(pictures / f"{page.stem}.{name}.{scheme}.png")
        browser.ask("Emulation.setEmulatedMedia", features=[])
    boxes = browser.value("document.querySelectorAll('input[type=checkbox]').length")
    if not boxes:
        wrong.append("there is no box")
    browser.window(*WIDTHS["phone"])
    for n in range(boxes):
        for wanted in [True, False]:
            at = browser.value(f"{BOX}({n})")
            browser.click(at["x"], at["y"])
            if browser.value(f"{BOX}({n}).on") != wanted:
                wrong.append(f"a tap on box {n + 1} does not {'tick' if wanted else 'clear'} it")
    pdf = browser.paper()
    sheets = len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))
    if sheets != 1:
        wrong.append(f"it takes {sheets} sheets of A4")
    if pictures:
        (pictures / f"{page.stem}.pdf").write_bytes(pdf)
    return wrong, boxes


def main():
    say = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    say.add_argument("--chromium", default=None)
    say.add_argument("--pictures", type=pathlib.Path)
    say.add_argument("pages", nargs="*", type=pathlib.Path)
    args = say.parse_args()
    names = [args.chromium] if args.chromium else ["chromium", "chromium-browser", "google-chrome"]
    program = next(filter(None, map(shutil.which, names)), None)
    if not program:
        sys.exit("there is no Chromium here; name it with --chromium")
    fonts = subprocess.run(["fc-list", ":lang=zh"], capture_output=True, text=True).stdout
    if not fonts.strip():
        sys.exit("there is no Chinese font here, so Chinese pages cannot be judged")
    pages = args.pages or sorted(PAGES.glob("*.html"))
    if not pages:
        sys.exit("there are no pages")
    if args.pictures:
        args.pictures.mkdir(parents=True, exist_ok=True)
    failed = 0
    with tempfile.TemporaryDirectory() as home:
        browser = Browser(program, home)
        for page in pages:
            wrong, boxes = look(browser, page, args.pictures)
            failed += bool(wrong)
            print(f"{page.name}: {'; '.join(wrong) if wrong else f'fine, {boxes} boxes'}")
        browser.close()
    sys.exit(1 if failed else 0)


main()
