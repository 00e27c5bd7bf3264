// Debian's Chromium, a page that fails the test on any complaint of the browser, and axe.
import assert from 'node:assert/strict';
import {existsSync, mkdirSync, readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {join} from 'node:path';

import {root} from './site.mjs';

const load = createRequire(join(root, 'web/package.json'));
const {chromium} = load('playwright-core');

export const desk = {width: 1366, height: 768};
export const phone = {width: 390, height: 844};
const kPatience = 90_000; // milliseconds; a slow machine is not a failure

/** Why the browser tests cannot run here; empty when they can. */
export function missing() {
  const wanted = ['/usr/bin/chromium', join(root, 'web/dist/index.html')];
  const lacking = wanted.filter((file) => !existsSync(file));
  const {HUICE_BROWSER_DATABASE: database, HUICE_TEST_POSTGRES: server} = process.env;
  if (database === 'postgres' && !server) lacking.push('HUICE_TEST_POSTGRES');
  return lacking.length ? `browser tests need ${lacking.join(', ')}` : '';
}

export function openBrowser() {
  return chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  });
}

/** A page of a session of its own. `complaints` are what a browser says in its console. */
export async function openPage(browser, viewport = desk) {
  const context = await browser.newContext({viewport, locale: 'zh-CN', acceptDownloads: true});
  context.setDefaultTimeout(kPatience);
  const page = await context.newPage();
  const complaints = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    const refused = /status of (401|403|404|409|412|415|422|429)/.test(message.text()); // by the service, on purpose
    if (message.type() === 'error' && !refused) complaints.push(message.text());
  });
  return {page, context, complaints};
}

export async function signIn(page, url, login, password) {
  await page.goto(`${url}/#/sign-in`);
  await page.getByLabel('用户名').fill(login);
  await page.getByLabel('密码').fill(password);
  await page.getByRole('button', {name: '登录'}).click();
  await page.getByRole('navigation', {name: '主菜单'}).waitFor();
}

/** The first bytes of what comes down when the link or button is used, as text. */
export async function downloaded(page, name, role = 'link') {
  const coming = page.waitForEvent('download');
  await page.getByRole(role, {name, exact: true}).click();
  return readFileSync(await (await coming).path()).subarray(0, 15).toString('latin1');
}

/** Chooses one of a group of radio buttons. */
export function pick(page, group, name) {
  return page.getByRole('radiogroup', {name: group}).getByText(name, {exact: true}).click();
}

/** Chooses the entry with these words from a list that drops down. */
export async function choose(page, field, words) {
  await page.getByRole('combobox', {name: field}).fill(words);
  await page.getByRole('option').filter({hasText: words}).first().click();
}

/** Waits until nothing that ends by itself is still fading in or moving. */
function settled(page) {
  return page.evaluate(async () => {
    const frame = () => new Promise(requestAnimationFrame);
    const moves = (each) => each.playState === 'running' && each.effect.getTiming().iterations !== Infinity;
    do {
      await frame();
      await frame(); // the first may only have begun it
    } while (document.getAnimations().some(moves));
  });
}

/** Everything WCAG 2.1 A and AA that axe can find, as `rule: selector`. */
async function unreachable(page) {
  await page.evaluate(load('axe-core').source);
  const found = await page.evaluate(() =>
    window.axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']}),
  );
  return found.violations.flatMap(({id, nodes}) =>
    nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary.split('\n')[1] ?? ''}`),
  );
}

/** Nothing wider than the window, nothing that axe finds; a picture where one is asked for. */
export async function checkPage(page, name) {
  await settled(page);
  const folder = process.env.HUICE_PICTURES;
  if (folder) {
    mkdirSync(folder, {recursive: true});
    await page.screenshot({path: join(folder, `${name}.png`)});
  }
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  assert.ok(wide <= 0, `${name}: ${wide} pixels wider than the window`);
  // The page is the same whatever keeps its records; to look at it is the most work of a story.
  if (process.env.HUICE_BROWSER_DATABASE !== 'postgres')
    assert.deepEqual(await unreachable(page), [], name);
}
