// Opens a generated catalogue in Chromium, from the file itself or in pieces, and checks things about
// it.
//
//   node browse.mjs FILE CHECK...

import assert from 'node:assert/strict';
import { accessSync, constants, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const [file, ...wanted] = process.argv.slice(2);
const fileAddress = pathToFileURL(file).href;
const PHONE = { viewport: { width: 360, height: 740 } };

/** The browser that is there; the driver brings none of its own. */
function browserPath() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  const names = ['chromium', 'chromium-browser', 'google-chrome'];
  const folders = ['/usr/bin', ...(process.env.PATH ?? '').split(delimiter)];
  const paths = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  const found = paths.find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
  if (found) return found;
  throw new Error("Chromium is needed for the tests: install Debian's package chromium, or name a browser in CHROMIUM");
}

const browser = await chromium.launch({
  executablePath: browserPath(),
  args: [
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
  ],
});

/** Everything that a page may not do, as far as the pages that were opened have done it. */
const faults = [];

async function openPage(options = {}, code = '', address = fileAddress) {
  const context = await browser.newContext({ viewport: { width: 1000, height: 800 }, ...options });
  await context.addInitScript(() => {
    window.shifts = [];
    const observer = new PerformanceObserver((list) => window.shifts.push(...list.getEntries().map((shift) => shift.value)));
    observer.observe({ type: 'layout-shift', buffered: true });
  });
  const page = await context.newPage();
  page.on('console', (message) => faults.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
  page.on('request', (request) => {
    if (!request.url().startsWith(address)) faults.push(`request: ${request.url()}`);
  });
  await page.goto(code ? `${address}#${code}` : address);
  return page;
}

/**
 * Serves the catalogue as a slow network does, in pieces: the head, then up to the end of the first
 * code a tag at a time, each with the time to be shown, then the rest.
 */
async function serveInPieces(serve) {
  const html = readFileSync(file, 'utf8');
  const body = html.indexOf('<body>');
  const codeEnd = html.indexOf('</details>', body);
  const tags = html.slice(body, codeEnd).split(/(?=<)/);
  const server = createServer(async (request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' });
    for (const piece of [html.slice(0, body), ...tags]) {
      response.write(piece);
      await new Promise((shown) => setTimeout(shown, 40));
    }
    response.end(html.slice(codeEnd));
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  await serve(`http://127.0.0.1:${server.address().port}/`);
  server.close();
}

const search = (page) => page.getByRole('searchbox', { name: 'Search' });

/** The addresses of the codes that are shown. */
function shown(page) {
  return page.$$eval('details.code', (codes) => codes.filter((code) => code.checkVisibility()).map((code) => code.id));
}

/** What is shown after some words were typed, and said to be. */
async function found(page, words) {
  await search(page).fill(words);
  const ids = await shown(page);
  const said = await page.getByRole('search').getByRole('status').textContent();
  assert.match(said, ids.length === 0 ? /^No code matches$/ : new RegExp(`^${ids.length} of \\d+ codes$`));
  return ids;
}

const focused = (page) => page.evaluate(() => document.activeElement.closest('.code')?.id ?? document.activeElement.name);
const isOpen = (page, id) => page.evaluate((id) => document.getElementById(id).open, id);

const checks = {
  async search() {
    const page = await openPage();
    const all = await shown(page);
    assert.deepEqual(await found(page, '1001400001'), ['core-vision-error-code/1001400001']);
    assert.deepEqual(await found(page, '10014'), ['core-vision-error-code/1001400001', 'core-vision-error-code/1001400002']);
    assert.deepEqual(await found(page, '0040'), ['every-kind-error-code/00401'], 'as the page writes it');
    assert.ok((await found(page, '401')).includes('every-kind-error-code/00401'), 'as a number');
    assert.ok(!(await found(page, '400001')).includes('core-vision-error-code/1001400001'), 'from its first digit');
    assert.deepEqual(await found(page, '-1'), ['every-kind-error-code/-1']);
    for (const name of ['RUN_TIMED_OUT', 'run timed out', 'RunTimedOut', 'runTimedOut', 'run-timed-out', 'core timed']) {
      assert.equal((await found(page, name))[0], 'core-vision-error-code/200', name);
    }
    assert.deepEqual(await found(page, '运行超时'), ['core-vision-error-code/200', 'core-vision-error-code/1011000004']);
    assert.deepEqual(await found(page, '系统内存不足'), ['every-kind-error-code/5400101']);
    assert.deepEqual(await found(page, 'application may NOT'), ['pay-error-code/201'], 'in the other language');
    assert.deepEqual(await found(page, '没有支付权限'), ['pay-error-code/201']);
    assert.deepEqual(await found(page, 'InvalidOrder'), ['pay-error-code/InvalidOrder']);
    assert.deepEqual(await found(page, '５４００１０１'), ['every-kind-error-code/5400101'], 'in full width');
    assert.deepEqual(await found(page, 'Copy'), [], 'captions are not searched');
    assert.deepEqual(await found(page, '  '), all);
  },

  async filters() {
    const page = await openPage();
    const all = await shown(page);
    const kit = page.getByRole('combobox', { name: 'Kit' });
    const device = page.getByRole('combobox', { name: 'Device' });
    const kits = await kit.getByRole('option').allTextContents();
    assert.deepEqual(new Set(kits), new Set(['All kits', 'Core Vision Kit', '媒体错误码 (every-kind-error-code)', '支付错误码 (pay-error-code)']));
    assert.deepEqual(await device.getByRole('option').allTextContents(), ['All devices', 'PC/2in1', 'Phone', 'Tablet', 'TV', 'Not stated']);
    await kit.selectOption('Core Vision Kit');
    assert.equal((await shown(page)).length, 12);
    await device.selectOption('TV');
    assert.deepEqual(await shown(page), []);
    await kit.selectOption('All kits');
    assert.deepEqual(await shown(page), ['every-kind-error-code/5400101']);
    assert.deepEqual(await found(page, '运行'), []);
    await page.getByRole('button', { name: 'Clear' }).click();
    assert.deepEqual(await shown(page), all);
    assert.equal(await focused(page), 'words');
  },

  async addresses() {
    const id = 'core-vision-error-code/1011000004';
    const page = await openPage({}, id);
    assert.ok(await isOpen(page, id));
    assert.equal(await focused(page), id);
    const place = await page.evaluate((id) => [document.getElementById(id).getBoundingClientRect().top, document.querySelector('.search').getBoundingClientRect().bottom, innerHeight], id);
    assert.ok(place[0] >= place[1] && place[0] < place[2], `it is in sight: ${place}`);

    await search(page).fill('nothing has this');
    await page.evaluate(() => (location.hash = '#pay-error-code/InvalidOrder'));
    await page.waitForFunction(() => document.activeElement.closest('.code')?.id === 'pay-error-code/InvalidOrder');
    assert.ok(await isOpen(page, 'pay-error-code/InvalidOrder'));
    assert.equal(await search(page).inputValue(), '', 'what hides it is cleared');

    await page.getByText('参数错误').first().click();
    await page.waitForFunction(() => location.hash === '#core-vision-error-code/401');
    const link = page.getByRole('link', { name: 'Link to 401', exact: true });
    assert.equal(await link.getAttribute('href'), '#core-vision-error-code/401');

    const encoded = await openPage({}, id.replace('/', '%2F'));
    assert.ok(await isOpen(encoded, id));
    await openPage({}, '%');
  },

  async copy() {
    const names = ['CoreVisionErrorCode.RUN_TIMED_OUT', 'CoreVisionErrorCode::RunTimedOut', 'CORE_VISION_ERROR_CODE_RUN_TIMED_OUT'];
    const page = await openPage({ permissions: ['clipboard-read', 'clipboard-write'] }, 'core-vision-error-code/200');
    for (const name of names) {
      await page.getByRole('button', { name: `Copy ${name}` }).click();
      await page.getByText(`Copied ${name}`).waitFor({ state: 'attached' });
      assert.equal(await page.evaluate(() => navigator.clipboard.readText()), name);
    }
    await page.evaluate(() => navigator.clipboard.writeText(''));
    await page.evaluate(() => (navigator.clipboard.writeText = () => Promise.reject(new Error('not allowed'))));
    await page.getByRole('button', { name: `Copy ${names[1]}` }).click();
    await page.getByText(`Copied ${names[1]}`).waitFor({ state: 'attached' });
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), names[1]);
    assert.equal(await focused(page), 'core-vision-error-code/200');
  },

  async keyboard() {
    const page = await openPage();
    const press = async (...keys) => {
      for (const key of keys) await page.keyboard.press(key);
    };
    await press('/');
    assert.equal(await focused(page), 'words');
    await page.keyboard.type('1001400');
    await press('ArrowDown');
    assert.equal(await focused(page), 'core-vision-error-code/1001400001');
    await press('ArrowDown');
    assert.equal(await focused(page), 'core-vision-error-code/1001400002');
    await press('ArrowDown');
    assert.equal(await focused(page), 'core-vision-error-code/1001400002', 'it is the last');
    await press('Enter');
    assert.ok(await isOpen(page, 'core-vision-error-code/1001400002'));
    await press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement.ariaLabel), 'Copy CoreVisionErrorCode.TEXT_RECOGNITION_SERVICE_ABNORMAL');
    await press('Shift+Tab', 'ArrowUp', 'ArrowUp');
    assert.equal(await focused(page), 'words');
    await press('Escape');
    assert.equal(await search(page).inputValue(), '');
    await page.keyboard.type('401');
    await press('Enter');
    assert.equal(await focused(page), 'core-vision-error-code/401', 'it is the best');
    assert.ok(await isOpen(page, 'core-vision-error-code/401'));
    const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
    assert.equal(outline, 'solid', 'the focus is seen');
    await press('Escape');
    assert.equal(await focused(page), 'words');
    await page.keyboard.type('a/b');
    assert.equal(await search(page).inputValue(), 'a/b');
  },

  async phone() {
    const page = await openPage(PHONE);
    await page.$$eval('details', (all) => all.forEach((one) => (one.open = true)));
    for (const id of await shown(page)) {
      await page.evaluate((id) => id && document.getElementById(id).scrollIntoView(), id);
      const [width, screen] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
      assert.ok(width <= screen, `${id} is ${width} wide`);
    }
  },

  async stillness() {
    await serveInPieces(async (address) => {
      for (const options of [PHONE, {}]) {
        const page = await openPage(options, '', address);
        await page.waitForTimeout(500);
        assert.deepEqual(await page.evaluate(() => window.shifts), [], 'nothing moves while the page opens');
      }
    });
  },

  async dark() {
    const colours = async (colorScheme) => {
      const page = await openPage({ colorScheme });
      return page.evaluate(() => [getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color]);
    };
    const [light, dark] = [await colours('light'), await colours('dark')];
    const brightness = (colour) => colour.match(/\d+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0);
    assert.ok(brightness(light[0]) > brightness(light[1]), `${light}`);
    assert.ok(brightness(dark[0]) < brightness(dark[1]), `${dark}`);
  },

  async 'without-script'() {
    const page = await openPage({ javaScriptEnabled: false });
    assert.equal(await page.getByRole('search').isVisible(), false);
    const codes = page.locator('details.code');
    for (let place = 0; place < (await codes.count()); place += 1) {
      const code = codes.nth(place);
      await code.locator('summary').click();
      assert.ok(await code.locator('.record').isVisible());
      assert.equal(await code.locator('.copy:visible').count(), 0, 'no button that does nothing');
    }
  },

  async print() {
    const page = await openPage();
    await page.emulateMedia({ media: 'print' });
    assert.ok(await page.locator('.record').last().evaluate((record) => record.getBoundingClientRect().height > 0));
    assert.equal(await page.getByRole('search').isVisible(), false);
  },

  async accessibility() {
    const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
    for (const options of [{}, { colorScheme: 'dark' }, PHONE]) {
      const page = await openPage(options);
      await page.$$eval('details', (all) => all.forEach((one) => (one.open = true)));
      await page.waitForTimeout(200);
      // The page's own policy lets inline scripts run, and nothing else.
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => globalThis.axe.run());
      const said = violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`);
      assert.deepEqual(said, []);
    }
  },

  async hostile() {
    const page = await openPage();
    await page.$$eval('details', (all) => all.forEach((one) => (one.open = true)));
    const seen = await page.evaluate(() => {
      const all = [...document.querySelectorAll('*')];
      return {
        scripts: document.scripts.length,
        handlers: all.flatMap((one) => one.getAttributeNames()).filter((name) => name.startsWith('on')),
        links: [...document.links].map((link) => link.protocol).filter((protocol) => !['https:', 'file:'].includes(protocol)),
        fetching: document.querySelectorAll('img, iframe, object, embed, video, audio, link, base, form[action], svg').length,
        own: [...new Set(all.map((one) => one.localName))].filter((name) => ['i', 'b', 'lt'].includes(name)),
        text: document.querySelector('main').textContent,
      };
    });
    const { text, ...elements } = seen;
    assert.deepEqual(elements, { scripts: 1, handlers: [], links: [], fetching: 0, own: [] });
    for (const piece of ['</script> --> ]]>', '{{ 7 * 7 }} {% raw %}', '<script>alert(1)</script>', '&lt; &amp;', '\\u{202e}']) {
      assert.ok(text.includes(piece), piece);
    }
    await found(page, '</script>');
    await page.getByRole('button', { name: 'Copy' }).first().click();
  },

  /** Thousands of codes: the bounds are far above what is measured, for slow machines. */
  async thousands() {
    const page = await openPage();
    assert.equal((await shown(page)).length, 2500);
    assert.equal((await found(page, '失败')).length, 2500);
    assert.deepEqual(await found(page, '1012305'), ['module123-error-code/1012305']);
    assert.equal((await found(page, '操作7失败')).length, 250);
  },
};

try {
  for (const check of wanted) {
    console.log(check);
    await checks[check]();
    assert.deepEqual(faults, []);
  }
} finally {
  await browser.close();
}
