// A county office's day, told by its browser to a real service.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {after, before, test} from 'node:test';
import {join} from 'node:path';

import {
  checkPage,
  choose,
  desk,
  downloaded,
  missing,
  openBrowser,
  openPage,
  phone,
  pick,
  signIn,
} from './browser.mjs';
import {county, password, root, startSite} from './site.mjs';

const skip = missing() || false;
let site;
let browser;

before(async () => {
  if (skip) return;
  site = await startSite();
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await site?.stop();
});

/** A test with a page of a user; ends with a look at what the browser complained of. */
function story(name, login, act, viewport = desk) {
  test(name, {skip}, async () => {
    const {page, context, complaints} = await openPage(browser, viewport);
    try {
      if (login) await signIn(page, site.url, login, password);
      await act(page);
    } catch (reason) {
      if (process.env.HUICE_PICTURES) {
        await page.screenshot({path: join(process.env.HUICE_PICTURES, `failed ${name}.png`)});
      }
      throw reason;
    } finally {
      await context.close();
    }
    assert.deepEqual(complaints, []);
  });
}
const menu = (page, name) => page.getByRole('navigation', {name: '主菜单'}).getByRole('link', {name}).click();

story('the first administrator is founded by the link of the console', null, async (page) => {
  await page.goto(site.link);
  await page.getByLabel('用户名').fill('admin');
  await page.getByLabel('姓名').fill('关立');
  await page.getByLabel('密码').fill(password);
  await page.getByLabel('县区代码').fill(county);
  await checkPage(page, 'setup');
  await page.getByRole('button', {name: '建立并登录'}).click();
  await page.getByRole('heading', {name: '工作台'}).waitFor();
  site.addUsers();
});

story('an administrator looks at what a campaign brings, and takes it in', 'admin', async (page) => {
  await menu(page, '系统');
  await page.getByRole('tab', {name: '专项行动'}).click();
  await page.getByText('还没有；在下面导入').waitFor();
  const field = page.getByLabel('选择专项行动的压缩包');
  await field.setInputFiles(site.campaign('  - {id: 某号}\n'));
  await page.getByRole('alert').getByText(/^ledger\.yaml:\d+:\d+$/).first().waitFor();
  await checkPage(page, 'campaign-refused');
  await field.setInputFiles(site.campaign());
  await page.getByText(/新增问题 \d+ 个/).waitFor();
  await checkPage(page, 'campaign-preview');
  await page.getByRole('button', {name: '导入', exact: true}).click();
  await page.getByRole('heading', {name: '已导入'}).waitFor();
  await checkPage(page, 'campaigns');
  await field.setInputFiles(site.campaign());
  await page.getByText('与库里的一样').waitFor();
  assert.ok(await page.getByRole('button', {name: '导入', exact: true}).isDisabled());
});

story('a wrong password is refused, then the right one has to wait', null, async (page) => {
  await page.goto(site.url);
  await page.getByLabel('用户名').fill('nobody');
  await page.getByLabel('密码').fill('不对的密码不对的密码');
  await checkPage(page, 'sign-in');
  for (let n = 0; n < 8; n += 1) {
    await page.getByRole('button', {name: '登录'}).click();
    await page.getByRole('alert').waitFor();
    if (/锁|稍后|等|秒|分钟/.test(await page.getByRole('alert').innerText())) return;
  }
  assert.fail('never locked out');
});

test('neither script nor style that gets into the page has any effect', {skip}, async () => {
  const {page, context, complaints} = await openPage(browser);
  await page.goto(site.url);
  await page.getByLabel('用户名').waitFor();
  const [ran, colour] = await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'window.ran = true';
    const style = document.createElement('style');
    style.textContent = 'body { color: rgb(1, 2, 3) !important }';
    document.body.append(script, style);
    return [window.ran ?? false, getComputedStyle(document.body).color];
  });
  await context.close();
  assert.equal(ran, false);
  assert.notEqual(colour, 'rgb(1, 2, 3)');
  assert.equal(complaints.filter((each) => each.includes('Content Security Policy')).length, 2);
});

story('a clerk imports the register after looking at it, and searches in it', 'lisi', async (page) => {
  await menu(page, '企业');
  await page.getByRole('button', {name: '导入名册'}).click();
  await page.getByLabel('选择名册文件').setInputFiles(join(root, 'samples/enterprises.xlsx'));
  await page.getByRole('heading', {name: /列的对应/}).waitFor();
  await checkPage(page, 'import');
  const headcount = page.getByRole('row', {name: /从业人数.*负数/});
  await headcount.getByText('不采用').waitFor();
  await headcount.getByRole('textbox').fill('124');
  await page.getByRole('button', {name: '再试读一次'}).click();
  await headcount.getByText('已改').waitFor();
  await checkPage(page, 'import-mended');
  assert.match(await downloaded(page, '没有问题的行另存', 'button'), /^PK/);
  await page.getByRole('button', {name: /^导入/}).last().click();
  await page.getByRole('heading', {name: '已导入'}).waitFor();
  await page.getByRole('link', {name: '去看名录'}).click();
  await page.getByText(/共 \d+ 家/).waitFor();
  await checkPage(page, 'enterprises');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('电路');
  await page.keyboard.press('Enter');
  await page.getByRole('link', {name: /电路/}).first().waitFor();
});

story('long lists keep only what is in sight and go on by keyboard', 'lisi', async (page) => {
  await menu(page, '企业');
  await page.getByText(/共 \d+ 家/).waitFor();
  const total = Number(/\d+/.exec(await page.getByText(/共 \d+ 家/).innerText())[0]);
  const rows = page.locator('tbody tr[data-n]');
  await rows.first().focus();
  assert.ok((await rows.count()) <= Math.min(total, 60));
  await page.keyboard.press('End');
  await page.locator(`tbody tr[data-n="${total - 1}"]:focus a`).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('tab', {name: '体检'}).waitFor();
});

story('digests for all enterprises are ordered, watched and called off', 'lisi', async (page) => {
  await menu(page, '企业');
  await page.getByRole('button', {name: '手机报'}).click();
  assert.ok(await page.getByRole('button', {name: '开始做'}).isDisabled());
  await page.getByLabel('上一次的日期', {exact: true}).fill('昨天');
  await page.getByLabel('几天内截止的也提醒').fill('7');
  await checkPage(page, 'digest');
  await page.getByRole('button', {name: '开始做'}).click();
  await page.getByText(/正在做　\d+ \/ \d+/).waitFor();
  await page.getByRole('button', {name: '取消'}).click();
  await page.getByText(/已取消/).waitFor();
});

story('a missing fact that is filled in changes the answer at once, and is kept', 'lisi', async (page) => {
  await menu(page, '企业');
  await page.getByLabel('企业名称').fill('盛丰电路');
  await page.keyboard.press('Enter');
  await page.locator('tbody tr[data-n]').first().click();
  await page.getByRole('heading', {name: '先补这些事实'}).waitFor();
  await page.locator('details.match').first().waitFor();
  await checkPage(page, 'checkup');
  const form = page.locator('aside form');
  await form.locator('.fact').first().waitFor();
  const number = form.locator('.fact > .el-input:not(.el-select) input').first();
  await number.fill('12');
  await number.press('Tab');
  await form.getByRole('button', {name: '存进名录'}).waitFor();
  await page.waitForFunction(() => Object.keys(localStorage).some((key) => key.includes('enterprise.')));
  await page.reload();
  await page.getByText('已找回').waitFor();
  await page.getByRole('button', {name: '存进名录'}).click();
  await page.getByText(/已存 \d+ 项/).waitFor();
  await page.getByRole('tab', {name: '组合与差距'}).click();
  await page.getByRole('heading', {name: /最优组合/}).waitFor();
  await checkPage(page, 'advice');
  await page.getByRole('tab', {name: '全部事实'}).click();
  await page.getByText('李思填报').first().waitFor();
  await checkPage(page, 'facts');
  assert.match(await downloaded(page, '下载体检报告'), /^%PDF-/);
  assert.match(await downloaded(page, '日历'), /^BEGIN:VCALENDAR/);
});

story('an administrator takes the rules of the county from files; wrong ones are refused', 'admin', async (page) => {
  await menu(page, '系统');
  await page.getByRole('tab', {name: '本县规则'}).click();
  for (const [title, file] of [
    ['容缺受理清单', 'samples/acceptance/list.yaml'],
    ['入企检查规则', 'samples/inspections/rules.yaml'],
  ]) {
    const rules = page.locator('section', {has: page.getByRole('heading', {name: title})});
    await rules.getByRole('textbox').fill('county: 云岭县');
    await rules.getByRole('button', {name: '保存'}).click();
    await rules.getByRole('alert').waitFor();
    await rules.getByLabel('从文件取').setInputFiles(join(root, file));
    await rules.getByRole('button', {name: '保存'}).click();
    await rules.getByText('已存').waitFor();
  }
  await checkPage(page, 'rules');
});

story('plans of inspections become one arrangement; one with a wrong cell is not taken', 'lisi', async (page) => {
  await menu(page, '检查');
  const plan = join(root, 'samples/inspections/plans.csv');
  const field = page.getByLabel('选择检查计划');
  const wrong = readFileSync(plan, 'utf8').replace('2026-06-10', '某日');
  await field.setInputFiles({name: '写错的.csv', mimeType: 'text/csv', buffer: Buffer.from(wrong)});
  await page.getByRole('alert').getByText('某日').first().waitFor();
  await checkPage(page, 'inspections-refused');
  await field.setInputFiles(plan);
  await page.getByText('已收下 plans.csv，24 项').waitFor();
  await page.getByLabel('合并的结果').getByText(/计划 24 项.*入企 10 次/).waitFor();
  await checkPage(page, 'inspections');
  assert.match(await downloaded(page, '安排 PDF'), /^%PDF-/);
});

story('an application form says which papers may come later, and until when', 'lisi', async (page) => {
  await menu(page, '企业');
  await page.getByLabel('企业名称').fill('德昌五金');
  await page.keyboard.press('Enter');
  await page.locator('tbody tr[data-n]').first().click();
  const match = page.locator('details.match', {hasText: '云岭县工业企业技术改造设备补助'});
  await match.locator('summary').click();
  await match.getByRole('button', {name: '申请表'}).click();
  await page.getByText('不予受理').waitFor();
  const papers = page.getByRole('group', {name: '现有的材料'});
  for (const paper of ['技改补助申报表', '设备购置合同和发票']) await papers.getByText(paper).click();
  await page.getByText('容缺受理').first().waitFor();
  await page.getByText(/日前补齐/).waitFor();
  await checkPage(page, 'application');
  assert.match(await downloaded(page, '下载申请表 PDF'), /^%PDF-/);
});

story('a draft written elsewhere is proof-read, mended and taken back', 'lisi', async (page) => {
  await menu(page, '公文');
  await page.getByRole('button', {name: '校对文稿'}).click();
  const field = page.getByLabel('选择要校对的文稿');
  await field.setInputFiles({name: '旧稿.wps', mimeType: '', buffer: Buffer.from('x')});
  await page.getByRole('alert').getByText(/另存为/).waitFor();
  await checkPage(page, 'proof-refused');
  const text = readFileSync(join(root, 'samples/circulars/09-商请核对入规企业数据的函.txt'), 'utf8');
  const wrong = text.replace(/〔(\d{4})〕/, '[$1]').replace('：', ':');
  await field.setInputFiles({name: '函.txt', mimeType: 'text/plain', buffer: Buffer.from(wrong)});
  const row = page.getByRole('listitem').filter({has: page.getByText(/改为 /)}).first();
  await row.locator('mark').first().waitFor();
  await page.getByRole('button', {name: '下一处'}).click();
  await page.locator('mark.here').waitFor();
  await checkPage(page, 'proof');
  await page.getByRole('button', {name: /^改好这 \d+ 处/}).click();
  await page.getByRole('heading', {name: /已改 \d+ 处/}).waitFor();
  await checkPage(page, 'proof-mended');
  const coming = page.waitForEvent('download');
  await page.getByRole('link', {name: '下载改好的 函.txt'}).click();
  const mended = await coming;
  assert.equal(mended.suggestedFilename(), '函.txt');
  assert.equal(readFileSync(await mended.path(), 'utf8'), text);
});

story('any sheet that came back is compared with the one that was sent', 'lisi', async (page) => {
  await page.goto(`${site.url}/#/ledger/returned`);
  const put = (part, text) =>
    page
      .getByLabel(`选择${part}`)
      .setInputFiles({name: `${part}.csv`, mimeType: 'text/csv', buffer: Buffer.from(text)});
  await put('发出的表', '企业,产值\n甲,10\n乙,20\n');
  await put('交回的表', '企业,产值\n甲,12\n乙,20\n');
  await page.getByRole('row', {name: /改动.*甲.*产值.*10.*12/}).waitFor();
  await put('现有的表', '企业,产值\n甲,15\n乙,20\n');
  await page.getByRole('row', {name: /冲突.*甲.*产值.*10.*15.*12/}).waitFor();
  await checkPage(page, 'compared');
});

story('a circular is found by what it says and shows what it rests on', 'kankan', async (page) => {
  await menu(page, '政策库');
  await page.getByLabel('查什么').fill('稳岗返还');
  await page.keyboard.press('Enter');
  await page.locator('mark', {hasText: '稳岗返还'}).first().waitFor();
  await checkPage(page, 'search');
  await page.getByRole('link', {name: /失业保险稳岗返还和一次性扩岗补助/}).click();
  await page.getByRole('heading', {name: '引用关系'}).waitFor();
  await page.getByRole('heading', {name: '相近的文件'}).waitFor();
  await checkPage(page, 'document');
  const next = page.getByRole('button', {name: /的依据$|被谁引用$/}).first();
  await next.focus();
  await page.keyboard.press('Enter');
  await page.locator('.branch .branch li, .branch [role=status]').filter({hasNotText: '正在读'}).first().waitFor();
  assert.equal(await next.getAttribute('aria-expanded'), 'true');
  await checkPage(page, 'document-unfolded');
});

story('a passage that answered a question comes first from then on, until that is taken back', 'lisi', async (page) => {
  await menu(page, '政策库');
  const ask = async () => {
    await page.getByLabel('查什么').fill('老板来办事要带齐哪些本本');
    await page.keyboard.press('Enter');
    await page.locator('article').first().waitFor();
  };
  await ask();
  const last = page.locator('article').filter({has: page.getByRole('button', {name: /^答了我的问题/})}).last();
  const title = await last.locator('h2 a').innerText();
  assert.notEqual(title, await page.locator('article h2 a').first().innerText());
  const button = last.getByRole('button', {name: /^答了我的问题/});
  await button.focus();
  await page.keyboard.press('Enter');
  await last.getByText('已记下').waitFor();
  assert.equal(await button.getAttribute('aria-pressed'), 'true');
  await page.reload();
  await page.locator('article').first().getByText('答了我的问题').waitFor();
  const best = page.locator('article').first();
  assert.equal(await best.locator('h2 a').innerText(), title);
  assert.equal(await best.getByRole('button').getAttribute('aria-pressed'), 'true');
  await checkPage(page, 'answered');
  await page.getByRole('tab', {name: '答问标记'}).click();
  await page.getByRole('row', {name: /老板来办事要带齐哪些本本 起作用/}).click();
  const told = page.getByRole('dialog');
  await told.getByRole('link', {name: '看正文'}).waitFor();
  await checkPage(page, 'answer-mark');
  await told.getByRole('button', {name: '撤销这条标记'}).click();
  await told.waitFor({state: 'hidden'});
  await page.getByText('看已撤销的').click();
  await page.getByRole('row', {name: /老板来办事要带齐哪些本本 已撤销/}).waitFor();
  await checkPage(page, 'answer-marks');
  await page.getByRole('tab', {name: '查文件'}).click();
  await ask();
  assert.notEqual(await page.locator('article h2 a').first().innerText(), title);
});

/** What a clerk has on the computer: two circulars, one of them twice, and one that cannot be read. */
const circulars = [
  ['零工驿站通知.txt', '云岭县人民政府关于办好零工驿站的通知\n云政发〔2026〕21号\n\n各乡镇人民政府：\n零工驿站由各乡镇承办，六月底前挂牌。\n\n云岭县人民政府\n2026年5月8日\n'],
  ['用工方案.md', '# 云岭县企业用工保障方案\n\n各乡镇人民政府：\n\n就近招工，送岗进村。\n'],
  ['再来一份.txt', '云岭县人民政府关于办好零工驿站的通知\n云政发〔2026〕21号\n\n各乡镇人民政府：\n零工驿站由各乡镇承办，六月底前挂牌。\n\n云岭县人民政府\n2026年5月8日\n'],
  ['旧通知.doc', '不是文字'],
].map(([name, text]) => ({name, mimeType: 'application/octet-stream', buffer: Buffer.from(text)}));

story('a clerk hands in circulars of the county; each is told what became of it', 'lisi', async (page) => {
  await menu(page, '政策库');
  await page.getByRole('tab', {name: '本县文件'}).click();
  await page.getByText('本县还没有上传文件').waitFor();
  await checkPage(page, 'county-files-empty');
  await page.getByLabel('选择要收录的文件').setInputFiles(circulars);
  await page.getByText(/再来一份.txt：本县已有内容相同的/).waitFor();
  const row = (name) => page.getByRole('row', {name});
  await row(/零工驿站的通知 已入库 云政发〔2026〕21号/).waitFor();
  await row(/用工保障方案 已入库/).waitFor();
  await row(/旧通知.doc 拒收/).waitFor();
  await checkPage(page, 'county-files');
  await row(/旧通知.doc 拒收/).focus();
  await page.keyboard.press('Enter');
  const told = page.getByRole('dialog');
  await told.getByText(/另存为 .docx/).waitFor();
  assert.equal(await told.getByRole('button', {name: '移出'}).count(), 0); // that is the administrator's
  await checkPage(page, 'county-file-refused');
  await page.keyboard.press('Escape');
  await page.getByRole('tab', {name: '查文件'}).click();
  await page.getByLabel('查什么').fill('零工驿站');
  await page.keyboard.press('Enter');
  const hit = page.locator('article', {hasText: '关于办好零工驿站的通知'});
  await hit.getByText('本县', {exact: true}).waitFor();
  await checkPage(page, 'county-search');
  await hit.getByRole('link').click();
  await page.getByText('零工驿站由各乡镇承办').waitFor();
});

story('an administrator takes a circular out after being asked', 'admin', async (page) => {
  await page.goto(`${site.url}/#/library?view=files`);
  await page.getByRole('row', {name: /用工保障方案/}).click();
  const told = page.getByRole('dialog');
  assert.match(await downloaded(page, '下载原文件'), /^#/);
  await told.getByRole('button', {name: '移出……'}).click();
  await told.getByText(/只留下记录/).waitFor();
  await checkPage(page, 'county-file-removal');
  await told.getByRole('button', {name: '确认移出'}).click();
  await told.waitFor({state: 'hidden'});
  await page.getByText('看已移出的').click();
  await page.getByRole('row', {name: /用工方案.md 已移出/}).waitFor();
  await checkPage(page, 'county-files-removed');
});

story('a policy is read back, compared with another day, and says who qualifies', 'kankan', async (page) => {
  await menu(page, '政策库');
  await page.getByRole('tab', {name: '政策条目'}).click();
  await page.getByText(/共 \d+ 项/).waitFor();
  await checkPage(page, 'policies');
  await page.getByLabel('政策名称').fill('稳岗返还');
  await page.keyboard.press('Enter');
  await page.getByRole('link', {name: /稳岗返还/}).first().click();
  await page.getByText('须同时满足').waitFor();
  await page.getByText(/\d+ 家/).first().waitFor();
  await checkPage(page, 'policy');
});

/** Takes the first enterprise that is offered for these words. */
async function pickEnterprise(page, words) {
  await page.getByRole('combobox', {name: '看哪家企业'}).fill(words);
  await page.getByRole('option').filter({hasText: words}).first().click();
}

story('a decision table says which rules hold for an enterprise, and a model of one\'s own is tried', 'lisi', async (page) => {
  await menu(page, '政策库');
  await page.getByRole('tab', {name: '决策表'}).click();
  await page.getByRole('combobox', {name: '决策表'}).press('Enter');
  await page.getByRole('option', {name: /困难企业分类施策/}).click();
  await page.getByRole('row', {name: /产能利用率：低于60%/}).waitFor();
  await checkPage(page, 'decisions');
  await pickEnterprise(page, '云岭');
  await page.getByText(/(相符 \d+ 条|没有相符的规则)/).first().waitFor();
  await page.getByRole('row', {name: /待定|相符/}).first().waitFor();
  await page.getByRole('link', {name: '去补填这家企业的事实'}).waitFor();
  await checkPage(page, 'decided');
  await page.evaluate(async (facts) => {
    const {csrf} = await (await fetch('/api/v1/session')).json();
    const headers = {'Content-Type': 'application/json', 'X-CSRF-Token': csrf};
    await fetch('/api/v1/enterprises', {method: 'POST', headers, body: JSON.stringify(facts)});
  }, {企业名称: '半停纺织厂', 生产状态: '半停产', 产能利用率: '45%', 资金周转困难: true, 市场前景: '一般'});
  await pickEnterprise(page, '半停纺织厂');
  await page.getByText(/半停纺织厂：相符 1 条/).waitFor();
  const hit = page.getByRole('row', {name: /相符/}).first();
  await hit.getByText('产能利用率为45%，符合“低于60%”').waitFor();
  await checkPage(page, 'decided-hit');
  await page.reload();
  await page.getByText(/半停纺织厂：相符 1 条/).waitFor();
  await page.locator('.el-select', {hasText: '半停纺织厂'}).waitFor();
  await page.getByLabel('选择 DMN 模型').setInputFiles(join(root, 'tests/fuzz/corpus/dmn/table.dmn'));
  const answer = page.locator('dd', {hasText: /型/}).first();
  await answer.scrollIntoViewIfNeeded();
  await checkPage(page, 'model-tried');
  await page.getByLabel('选择 DMN 模型').setInputFiles({
    name: '坏.dmn',
    mimeType: 'application/xml',
    buffer: Buffer.from('<!DOCTYPE a [<!ENTITY b "b">]><a>&b;</a>'),
  });
  await page.getByRole('alert').waitFor();
});

story('an administrator has a policy proof-read; what is wrong stands at its line', 'admin', async (page) => {
  await menu(page, '政策库');
  await page.getByRole('tab', {name: '校对政策'}).click();
  const sound = readFileSync(join(root, 'policies/national/cn-disability-levy-2023.yaml'), 'utf8');
  const file = (text) => ({name: '残保金.yaml', mimeType: 'text/yaml', buffer: Buffer.from(text)});
  const field = page.getByLabel('选择要校对的文件');
  await field.setInputFiles(file(sound));
  await page.getByText('没有错误').waitFor();
  await page.getByText('收进去会替换它').waitFor();
  await field.setInputFiles(file(sound.replace('kind: 减费', 'kind: 减费\nkid: 1')));
  await page.getByText(/^1 处错误/).waitFor();
  await page.getByRole('button', {name: /^第 5 行/}).click();
  await checkPage(page, 'policy-checked');
  const text = page.getByLabel('要校对的文字');
  assert.equal(await text.evaluate((area) => area.value.slice(area.selectionStart, area.selectionEnd)), 'kid: 1');
  await page.keyboard.press('Delete');
  await page.reload();
  await page.getByRole('button', {name: '校对', exact: true}).click();
  await page.getByText('没有错误').waitFor();
  await page.getByText('用中文读回').click();
  await page.getByText('残疾人就业保障金分档减缴').first().waitFor();
  await page.getByText('再试小错').click();
  await page.getByRole('button', {name: '校对', exact: true}).click();
  await page.getByText(/小错 \d+ 个，用例察觉/).waitFor();
});

/** A set of pages takes the place of one that is still being drawn: nobody hears of it. */
async function changeWhilePagesAreDrawn(page) {
  await page.evaluate(() => {
    const soon = window.requestAnimationFrame.bind(window);
    const held = [];
    window.requestAnimationFrame = (then) => held.push(then);
    window.drawOn = () => {
      window.requestAnimationFrame = soon;
      held.forEach((then) => soon(then));
    };
  });
  for (const title of ['关于试填甲的通知', '关于试填乙的通知']) {
    await page.getByLabel('标题（必填）').first().fill(title);
    await page.locator('figcaption', {hasText: title}).first().waitFor({state: 'attached'});
  }
  await page.evaluate(() => window.drawOn());
}

story('a draft is typed, set as pages, mended where it is wrong, and sent for review', 'lisi', async (page) => {
  await menu(page, '公文');
  await page.getByRole('button', {name: '起草'}).click();
  await page.getByRole('link', {name: 'general-notice'}).click();
  await page.getByText(/还差 \d+ 处/).waitFor();
  await checkPage(page, 'draft-empty');
  await page.getByRole('button', {name: '填入样例'}).click();
  await page.getByText(/共 \d+ 页/).waitFor();
  await page.locator('canvas[data-drawn]').first().waitFor();
  await checkPage(page, 'draft-set');
  await changeWhilePagesAreDrawn(page);
  const number = page.getByLabel('发文字号（必填）');
  await number.fill('云政办发[2026] 018 号');
  await number.press('Tab');
  assert.equal(await number.inputValue(), '云政办发〔2026〕18号');
  await page.getByLabel('标题（必填）').first().fill('');
  await page.getByText(/还差 \d+ 处/).waitFor();
  assert.ok(await page.getByRole('button', {name: '送审'}).isDisabled());
  await page.getByLabel('标题（必填）').first().fill('云岭县人民政府办公室关于试填公文的通知');
  await page.waitForFunction(() => Object.keys(localStorage).some((key) => key.includes('draft.new')));
  await page.reload();
  await page.getByText('已找回').waitFor();
  await page.getByText(/共 \d+ 页/).waitFor();
  await page.keyboard.press('Control+s');
  await page.waitForURL(/drafts\/(?!new)/);
  await page.getByText(/共 \d+ 页/).waitFor();
  await page.getByRole('button', {name: '送审'}).click();
  await page.getByText('待审核').waitFor();
});

/** Opens the draft that waits for whoever is signed in, from the dashboard. */
async function openWaiting(page) {
  await page.getByRole('link', {name: /试填公文/}).first().click();
  await page.locator('canvas[data-drawn]').first().waitFor();
}

/** A notice with the least that its template wants, made as a program makes it. */
async function noticeDraft(page) {
  const data = {
    发文机关: '云岭县人民政府办公室',
    发文字号: '云政办发〔2026〕7号',
    标题: '关于印发《云岭县专项行动实施方案》的通知',
    主送: ['各乡镇人民政府'],
    正文: ['现将实施方案印发给你们，请认真抓好落实。'],
    成文日期: '2026-05-07',
    方案: {标题: '云岭县专项行动实施方案', 章节: [{标题: '总体要求。', 正文: '为企业解难。'}]},
  };
  return page.evaluate(async (values) => {
    const {csrf} = await (await fetch('/api/v1/session')).json();
    const headers = {'Content-Type': 'application/json', 'X-CSRF-Token': csrf};
    const body = JSON.stringify({template: 'notice', data: values});
    return (await (await fetch('/api/v1/drafts', {method: 'POST', headers, body})).json()).id;
  }, data);
}

story('a notice brings the campaign that it is about', 'lisi', async (page) => {
  await page.goto(`${site.url}/#/drafts/${await noticeDraft(page)}`);
  await page.getByText(/^共 [1-4] 页/).waitFor();
  await choose(page, '专项行动', '2026年工业企业');
  await page.getByText(/^共 \d\d 页/).waitFor();
  await checkPage(page, 'notice-campaign');
  await page.getByRole('button', {name: '存稿'}).click();
  await page.getByText('已存', {exact: true}).waitFor();
  assert.match(await downloaded(page, '下载表格'), /^PK/);
  page.on('dialog', (dialog) => dialog.accept());
  await page.getByRole('button', {name: '删去'}).click();
  await page.getByText(/共 \d+ 份/).waitFor();
});

story('a reviewer agrees to it and cannot change it', 'wangwu', async (page) => {
  await page.getByRole('heading', {name: /等我办的文稿/}).waitFor();
  await checkPage(page, 'dashboard');
  await openWaiting(page);
  await checkPage(page, 'draft-review');
  assert.equal(await page.getByRole('button', {name: '存稿'}).count(), 0);
  await page.getByRole('button', {name: '审核同意'}).click();
  await page.getByText('待签发').waitFor();
});

story('another one signs it, and the PDF comes down', 'zhaoliu', async (page) => {
  await openWaiting(page);
  await page.getByRole('button', {name: '签发', exact: true}).click();
  await page.getByText('已签发').first().waitFor();
  assert.match(await downloaded(page, '下载 PDF'), /^%PDF-/);
  await page.getByRole('button', {name: '版式对照'}).click();
  await page.getByText(/从排好的 PDF 量得/).waitFor();
  await checkPage(page, 'measures');
  await page.keyboard.press('Escape');
  await page.getByRole('button', {name: '加密码下载'}).click();
  await page.getByLabel('打开密码').fill('云岭9');
  await checkPage(page, 'locked');
  assert.match(await downloaded(page, '下载', 'button'), /^%PDF-/);
  await menu(page, '公文');
  await page.getByText(/共 \d+ 份/).waitFor();
  await checkPage(page, 'drafts');
});

const kTrouble = '流动资金紧张，急需续贷';

story('every figure of the ledger leads to the problems behind it', 'kankan', async (page) => {
  await menu(page, '台账');
  await pick(page, '看哪些', '逾期');
  await page.locator('td .overdue').first().waitFor();
  await checkPage(page, 'ledger');
  await page.getByRole('tab', {name: '看板'}).click();
  await page.getByRole('heading', {name: '办理中'}).waitFor();
  await checkPage(page, 'ledger-board');
  await page.getByRole('tab', {name: '统计'}).click();
  await pick(page, '按什么分', '按类别');
  const figure = page.getByRole('link', {name: /^融资在办/});
  const count = await figure.innerText();
  await checkPage(page, 'ledger-figures');
  await figure.click();
  await page.getByText(`共 ${count} 个`).waitFor();
  await page.getByRole('link', {name: '类别：融资'}).waitFor();
  assert.equal(await page.getByRole('button', {name: '登记问题'}).count(), 0);
});

story('the printer gets all rows of a list, not only those in sight', 'kankan', async (page) => {
  await menu(page, '台账');
  const count = page.getByText(/^共 \d+ 个$/);
  const total = Number(/\d+/.exec(await count.innerText())[0]);
  const rows = page.locator('tbody tr[data-n]');
  assert.ok((await rows.count()) < total);
  await page.evaluate(() => {
    window.print = () => window.dispatchEvent(new Event('beforeprint'));
  });
  await page.getByRole('button', {name: '打印'}).click();
  await page.locator(`tbody tr[data-n="${total - 1}"]`).waitFor();
  assert.equal(await rows.count(), total);
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
  await page.locator(`tbody tr[data-n="${total - 1}"]`).waitFor({state: 'detached'});
});

story('on paper a list shows its texts whole and nothing that is for the screen', 'kankan', async (page) => {
  await menu(page, '台账');
  await pick(page, '看哪些', '逾期');
  await page.locator('td .overdue').first().waitFor();
  await page.setViewportSize({width: 718, height: 1000}); // A4 within its margins
  await page.emulateMedia({media: 'print'});
  assert.equal(await page.getByRole('link', {name: '跳到正文'}).isVisible(), false);
  assert.equal(await page.getByRole('navigation', {name: '主菜单'}).isVisible(), false);
  const cut = await page
    .locator('td')
    .evaluateAll((cells) => cells.filter((cell) => cell.scrollWidth > cell.clientWidth).map((cell) => cell.innerText));
  assert.deepEqual(cut, []);
});

story('a problem is put into the ledger, worked on, and what is typed outlasts a reload', 'lisi', async (page) => {
  await menu(page, '台账');
  assert.match(await downloaded(page, '安排表 XLSX'), /^PK/);
  assert.match(await downloaded(page, '台账 PDF'), /^%PDF-/);
  await page.getByRole('button', {name: '通报'}).click();
  await choose(page, '期间', '第一季度');
  await checkPage(page, 'bulletin');
  assert.match(await downloaded(page, '下载通报 PDF'), /^%PDF-/);
  await page.getByRole('button', {name: '拟成文稿，接着改'}).click();
  await page.waitForURL(/#\/drafts\/[^/]+$/);
  await page.getByRole('button', {name: '送审'}).waitFor();
  await checkPage(page, 'bulletin-draft');
  await menu(page, '台账');
  await page.getByRole('button', {name: '登记问题'}).click();
  await choose(page, '企业', '德昌五金');
  await page.getByLabel('什么问题').fill(kTrouble);
  await checkPage(page, 'new-problem');
  await page.getByRole('button', {name: '登记', exact: true}).click();
  await page.getByRole('heading', {name: kTrouble}).waitFor();
  await page.getByRole('button', {name: '记下“交办”'}).click();
  await page.getByText('“交办”还要写：交给谁办、办结期限').waitFor();
  await choose(page, '交给谁办', '县财政局');
  await page.getByLabel('办结期限').fill('今天');
  await page.getByRole('button', {name: '记下“交办”'}).click();
  await page.getByLabel('解决到几成').fill('60%');
  await page.getByLabel('情况').fill('与贷款行会商，启用过桥转贷资金');
  await page.waitForFunction(() => Object.keys(localStorage).some((key) => key.includes('problem.')));
  await page.reload();
  await page.getByText('已找回').waitFor();
  await page.getByRole('button', {name: '记下“办理”'}).click();
  await page.getByText('解决 60%').waitFor();
  await pick(page, '记哪一步', '办结');
  await page.getByLabel('情况').fill('续贷到账');
  await page.getByRole('button', {name: '记下“办结”'}).click();
  await pick(page, '企业评价', '满意');
  await page.getByRole('button', {name: '记下“回访”'}).click();
  await page.getByText('已回访').waitFor();
  assert.equal(await page.getByRole('radio', {name: '销号'}).count(), 0);
});

/** The workbook with words of it changed by whoever filled it in. */
function filledIn(book, from, to, into) {
  const script =
    'import sys, zipfile\n' +
    'book, old, new, into = sys.argv[1:]\n' +
    'with zipfile.ZipFile(book) as a, zipfile.ZipFile(into, "w") as b:\n' +
    '    for name in a.namelist():\n' +
    '        b.writestr(name, a.read(name).replace(old.encode(), new.encode()))\n';
  execFileSync('/usr/bin/python3', ['-c', script, book, from, to, into]);
  return into;
}

/** The workbook with the score in the first row of a target's sheet written over. */
function scored(book, target, score, into) {
  const script =
    'import sys, openpyxl\n' +
    'book, target, score, into = sys.argv[1:]\n' +
    'both = openpyxl.load_workbook(open(book, "rb"))\n' +
    'for row in both[target].iter_rows():\n' +
    '    if row[0].value == "1": row[3].value = float(score)\n' +
    'both.save(into)\n';
  execFileSync('/usr/bin/python3', ['-c', script, book, target, String(score), into]);
  return into;
}

story('a schedule that came back is compared and taken in, a conflict as it is settled', 'lisi', async (page) => {
  await menu(page, '台账');
  const coming = page.waitForEvent('download');
  await page.getByRole('link', {name: '安排表 XLSX'}).click();
  const sent = await (await coming).path();
  const folder = mkdtempSync(join(tmpdir(), 'huice-returned-'));
  const back = (words, name) => filledIn(sent, '过桥贷款', words, join(folder, name));
  const bring = async (file) => {
    await page.getByLabel('选择发出的那份').setInputFiles(sent);
    await page.getByLabel('选择交回的那份').setInputFiles(file);
  };
  await page.getByRole('button', {name: '收回表格'}).click();
  await bring(back('过渡贷款', '一.xlsx'));
  await page.getByRole('row', {name: /主要困难.*过渡贷款/}).getByText('收', {exact: true}).waitFor();
  await checkPage(page, 'returned');
  await page.getByRole('button', {name: '收进来'}).click();
  await page.getByRole('heading', {name: '已收'}).waitFor();
  await bring(back('到期贷款', '二.xlsx'));
  const conflict = page.getByRole('row', {name: /过渡贷款.*到期贷款/});
  await conflict.getByText('两边不同').waitFor();
  assert.equal(await page.getByRole('button', {name: '收进来'}).isDisabled(), true);
  await checkPage(page, 'returned-conflict');
  await conflict.getByRole('button', {name: '以交回的为准'}).click();
  await conflict.getByText('收', {exact: true}).waitFor();
  await page.getByRole('button', {name: '收进来'}).click();
  await page.getByRole('heading', {name: '已收'}).waitFor();
  rmSync(folder, {recursive: true});
});

story('a reviewer closes the problem', 'wangwu', async (page) => {
  const find = async () => {
    await page.getByLabel('问题、企业或编号').fill(kTrouble);
    await page.keyboard.press('Enter');
  };
  await menu(page, '台账');
  await find();
  await page.getByRole('link', {name: kTrouble}).click();
  await pick(page, '记哪一步', '销号');
  await checkPage(page, 'problem');
  await page.getByRole('button', {name: '记下“销号”'}).click();
  await page.getByText('已销号').first().waitFor();
  await page.getByRole('link', {name: '返回台账'}).click();
  await pick(page, '看哪些', '已销号');
  await find();
  await page.getByRole('link', {name: kTrouble}).waitFor();
});

story('a reviewer sends what is overdue for long a tier up, having seen which', 'wangwu', async (page) => {
  await menu(page, '台账');
  await page.getByRole('button', {name: '看是哪些'}).press('Enter');
  const list = page.getByRole('dialog', {name: '该升级的问题'});
  const shown = await list.locator('tbody tr').count();
  assert.ok(shown > 0);
  await checkPage(page, 'escalations');
  const problem = await list.getByRole('link').first().getAttribute('href');
  await list.getByRole('button', {name: `升级这 ${shown} 个`}).press('Enter');
  await page.getByText(`已升级 ${shown} 个问题`).waitFor();
  await page.getByRole('button', {name: '看是哪些'}).waitFor({state: 'detached'});
  await page.goto(new URL(problem, site.url).href);
  await page.getByText(/^办结期限.*未能解决$/).waitFor();
});

story('scores show what they rest on; all sheets are exported with progress', 'kaohe', async (page) => {
  await menu(page, '考核');
  await page.getByRole('columnheader', {name: '名次'}).first().waitFor();
  await checkPage(page, 'assessment');
  await page.getByRole('button', {name: '县财政局'}).click();
  await page.getByText('怎样得出').waitFor();
  await checkPage(page, 'assessment-sheet');
  await page.keyboard.press('Escape');
  await page.getByRole('button', {name: `导出全部评分表（${site.sheets} 份）`}).click();
  await page.getByRole('link', {name: '下载结果'}).waitFor({timeout: 0}); // its progress shows
  assert.match(await downloaded(page, '下载结果'), /^PK/);
  await page.getByText(/做完　(\d+) \/ \1/).waitFor();
  await page.reload(); // the job before is no longer in sight
  await page.getByRole('button', {name: '评分表合成一个 PDF'}).click();
  await page.getByRole('link', {name: '下载结果'}).waitFor({timeout: 0});
  assert.match(await downloaded(page, '下载结果'), /^%PDF-/);
  assert.match(await downloaded(page, '排名 PDF'), /^%PDF-/);
  await menu(page, '任务');
  await pick(page, '哪一种', '批量成文');
  await page.getByText(/专项行动考核评分表/).first().waitFor();
  await checkPage(page, 'jobs');
  await pick(page, '做到哪里', '已取消');
  await page.getByText('没有这样的任务').waitFor();
});

story('a clerk has the whole county matched, as a workbook', 'lisi', async (page) => {
  await menu(page, '任务');
  await page.getByRole('button', {name: '整县匹配', exact: true}).click();
  await page.getByText(/全部政策，工作簿/).waitFor();
  await pick(page, '哪一种', '整县匹配'); // no other job has a result in sight
  await page.getByText('共 1 个').waitFor();
  await page.getByRole('link', {name: '下载结果'}).waitFor({timeout: 0});
  assert.match(await downloaded(page, '下载结果'), /^PK/);
});

story('a score is reviewed on a sheet that came back, then in place, and who and why is told', 'kaohe', async (page) => {
  await menu(page, '考核');
  await page.getByRole('columnheader', {name: '名次'}).first().waitFor();
  const coming = page.waitForEvent('download');
  await page.getByRole('link', {name: '考核 XLSX'}).click();
  const sent = await (await coming).path();
  const folder = mkdtempSync(join(tmpdir(), 'huice-scores-'));
  const back = scored(sent, '县财政局', 1, join(folder, '交回.xlsx'));
  await page.getByRole('button', {name: '收回评分表'}).click();
  await page.getByLabel('选择发出的那份').setInputFiles(sent);
  await page.getByLabel('选择交回的那份').setInputFiles(back);
  await page.getByText('没有写理由').waitFor();
  await page.getByLabel('没有改写“计分说明”的，理由').fill('一次重复');
  await page.keyboard.press('Enter');
  await page.getByText(/复核1分：一次重复/).waitFor();
  await checkPage(page, 'returned-scores');
  await page.getByRole('button', {name: '收进来'}).click();
  await page.getByRole('heading', {name: '已收'}).waitFor();
  await page.getByRole('link', {name: '去看考核'}).click();
  await page.getByRole('button', {name: '县财政局'}).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('复核 1 分').waitFor();
  await dialog.getByRole('button', {name: /^给.*评分$/}).first().click();
  await pick(page, '哪一步评分', '终评');
  await dialog.getByLabel(/的新得分$/).fill('９９９');
  await dialog.getByRole('button', {name: '记下“终评”'}).click();
  await dialog.getByText(/得分应在 0 到/).waitFor();
  await dialog.getByLabel(/的新得分$/).fill('2.5分');
  await dialog.getByLabel(/改分的理由$/).fill('会议定的');
  await checkPage(page, 'review-in-place');
  await dialog.getByRole('button', {name: '记下“终评”'}).click();
  await dialog.getByText('终评 2.5 分').waitFor();
  await checkPage(page, 'reviewed');
  assert.match(await dialog.innerText(), /总分 [\d.]+。[\s\S]*2\.5 \/ /);
  rmSync(folder, {recursive: true});
});

story('who only looks finds no button that would be refused', 'kankan', async (page) => {
  const entries = page.getByRole('navigation', {name: '主菜单'}).getByRole('link');
  assert.deepEqual(
    (await entries.allInnerTexts()).filter((name) => ['公文', '系统'].includes(name)),
    [],
  );
  await menu(page, '企业');
  await page.getByText(/共 \d+ 家/).waitFor();
  assert.equal(await page.getByRole('button', {name: '导入名册'}).count(), 0);
  await page.goto(`${site.url}/#/system`);
  await page.getByRole('heading', {name: '系统'}).waitFor();
  assert.equal(await page.getByRole('tab').count(), 0);
});

story('an administrator makes a user and finds it in the audit log', 'admin', async (page) => {
  await menu(page, '系统');
  await page.getByText(/共 \d+ 人/).waitFor();
  await checkPage(page, 'users');
  await page.getByRole('button', {name: '新建用户'}).click();
  await page.getByLabel(/^用户名（/).fill('qianqi');
  await page.getByLabel('姓名', {exact: true}).fill('钱启');
  await page.getByLabel(/^初始密码/).fill(password);
  await checkPage(page, 'new-user');
  await page.getByRole('button', {name: '保存'}).click();
  await page.getByText('qianqi').waitFor();
  await page.getByRole('tab', {name: '审计日志'}).click();
  await page.getByRole('row').nth(2).waitFor();
  await checkPage(page, 'audit');
  await page.getByRole('tab', {name: '本县设置'}).click();
  await page.getByLabel(/^县区全称/).fill('云岭县');
  await page.getByRole('button', {name: '保存'}).click();
  await page.getByText('已存').waitFor();
  await checkPage(page, 'settings');
  await page.getByRole('link', {name: '关立'}).click();
  await page.getByRole('heading', {name: '改密码'}).waitFor();
  await checkPage(page, 'account');
  await page.getByRole('link', {name: '接口说明'}).click();
  await page.getByLabel('查接口').fill('nearest');
  await page.getByText('/api/v1/nearest').click();
  await page.getByText('任何已登录的人', {exact: true}).waitFor();
  await checkPage(page, 'interface');
});

story('of two campaigns the ledger shows the one that is chosen', 'admin', async (page) => {
  await menu(page, '系统');
  await page.getByRole('tab', {name: '专项行动'}).click();
  await page.getByLabel('选择专项行动的压缩包').setInputFiles(site.formerCampaign());
  await page.getByRole('button', {name: '导入', exact: true}).click();
  await page.getByRole('heading', {name: '已导入'}).waitFor();
  await menu(page, '台账');
  await page.getByText('2026年工业企业纾困增效专项行动').first().waitFor();
  await page.getByRole('combobox', {name: '专项行动'}).press('Enter');
  await page.getByRole('option', {name: /2025年/}).click();
  await page.waitForURL(/campaign=yunling-2025-relief/);
  await page.getByText('2025年工业企业纾困增效专项行动').first().waitFor();
  await page.locator('tbody tr[data-n]').first().waitFor();
  await checkPage(page, 'ledger-of-two');
  await page.locator('tbody tr[data-n]').first().click();
  await page.getByText(/^WT-2025-/).first().waitFor();
  await page.getByRole('link', {name: '返回台账'}).click();
  await page.getByText('2025年工业企业纾困增效专项行动').first().waitFor();
  assert.match(await page.getByLabel('台账 PDF').getAttribute('href'), /campaign=yunling-2025-relief/);
});

/** Each page by its path, once a text of it is there. */
async function readOnPhone(page, pages) {
  for (const [path, text] of pages) {
    await page.goto('about:blank'); // nothing of the page before is waited for
    await page.goto(`${site.url}/#/${path}`);
    await page.getByText(text).first().waitFor();
    await checkPage(page, `phone-${path.replace(/[^a-z0-9]+/gi, '-') || 'dashboard'}`);
  }
}

story('a phone shows every page for reading', 'lisi', async (page) => {
  await readOnPhone(page, [
    ['', '等我办的文稿'],
    ['library?q=稳岗返还', '找到'],
    ['library?view=policies', '本次截止'],
    ['library?view=files', '零工驿站'],
    ['library?view=answers', '答了我的问题'],
    ['library?view=decisions', '几条相符的'],
    ['enterprises', /共 \d+ 家/],
    ['drafts', /共 \d+ 份/],
    ['ledger', /共 \d+ 个/],
    ['ledger?view=board', '办理中'],
    ['ledger?view=figures', '化解率'],
    ['ledger/WT-2026-003', '经过'],
    ['inspections', '交来的计划'],
    ['account', '改密码'],
    ['interface', '查文件'],
  ]);
  await page.goto(`${site.url}/#/enterprises`);
  await page.locator('tbody tr[data-n]').first().click();
  await page.locator('details.match').first().waitFor();
  await checkPage(page, 'phone-checkup');
}, phone);

story('a phone shows scores and jobs', 'kaohe', async (page) => {
  await readOnPhone(page, [
    ['assessments', '2025年'],
    ['assessments/yunling-2026-relief', '名次'],
    ['jobs', '批量成文'],
  ]);
  await page.goto(`${site.url}/#/assessments/yunling-2026-relief`);
  await page.getByRole('button', {name: '县财政局'}).click();
  await page.getByRole('dialog').getByRole('button', {name: /^给.*评分$/}).first().click();
  await checkPage(page, 'phone-review');
}, phone);

story('a phone shows what an administrator keeps', 'admin', async (page) => {
  await readOnPhone(page, [['system', /共 \d+ 人/]]);
  for (const [tab, text] of [
    ['审计日志', '做了什么'],
    ['专项行动', '本县的专项行动'],
    ['本县设置', /^县区全称/],
    ['本县规则', '容缺受理清单'],
  ]) {
    await page.getByRole('tab', {name: tab}).click();
    await page.getByText(text).first().waitFor();
    await checkPage(page, `phone-system-${tab}`);
  }
}, phone);
