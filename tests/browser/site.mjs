// A service of its own for a test: fresh folder, sample campaign, users of every kind.
import {execFileSync, spawn} from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import {createServer} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));
const huice = process.env.HUICE_BINARY ?? join(root, 'build/dev/huice');
const kStartMs = 120_000;

export const county = '430590';
export const password = '一个够长的密码2026';
/** login, name, roles */
const kUsers = [
  ['lisi', '李思', ['经办']],
  ['wangwu', '王武', ['审核']],
  ['zhaoliu', '赵柳', ['签发']],
  ['kaohe', '高和', ['考核']],
  ['kankan', '甘看', ['查看']],
];

/** How many sheets the export has: those of the sample campaign, or as many as a person asks for. */
const kSampleSheets = 27;
const kSheets = Number(process.env.HUICE_TEST_SHEETS ?? kSampleSheets);

/** A ZIP file of the sample campaign with as many more townships as there are to be sheets. */
function campaign(folder, wrong) {
  const copy = join(folder, 'campaign');
  cpSync(join(root, 'samples/campaign'), copy, {recursive: true});
  const towns = Array.from({length: kSheets - kSampleSheets}, (_, n) => `  - 云岭第${n + 1}镇\n`);
  appendFileSync(join(copy, 'campaign.yaml'), towns.join(''));
  appendFileSync(join(copy, 'ledger.yaml'), wrong);
  return packed(folder, copy, '专项行动.zip');
}

/** The sample campaign as that of the year before. */
function formerCampaign(folder) {
  const copy = join(folder, 'former');
  cpSync(join(root, 'samples/campaign'), copy, {recursive: true});
  for (const name of readdirSync(copy)) {
    const file = join(copy, name);
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll('2026-', '2025-').replaceAll('year: 2026', 'year: 2025'));
  }
  return packed(folder, copy, '上一年.zip');
}

function packed(folder, files, name) {
  const file = join(folder, name);
  execFileSync('python3', ['-m', 'zipfile', '-c', file, files]);
  return file;
}

/** A port that nobody listens on. */
function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const {port} = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Where the database of this run is: a file in `folder`, or a fresh one on PostgreSQL. */
function database(folder) {
  if (process.env.HUICE_BROWSER_DATABASE !== 'postgres') return join(folder, 'huice.db');
  const server = process.env.HUICE_TEST_POSTGRES;
  const name = `huice_browser_${process.pid}`;
  execFileSync('psql', ['-q', '-c', `CREATE DATABASE ${name}`, server]);
  return server.replace('/postgres?', `/${name}?`);
}

/** Starts it; `link` is the one-time link of the first administrator. */
export async function startSite() {
  const folder = mkdtempSync(join(tmpdir(), 'huice-browser-'));
  const run = (...words) => execFileSync(huice, words, {cwd: root, stdio: 'pipe'});
  run('library', 'add', 'samples/circulars', '--library', join(folder, 'library'));
  const where = database(folder);
  run('db', 'init', '--database', where);
  const port = await freePort();
  const config = join(folder, 'huice.yaml');
  writeFileSync(
    config,
    `监听: 127.0.0.1:${port}\n数据库: ${where}\n文件库: ${join(folder, 'library')}\n` +
      `网页: ${join(root, 'web/dist')}\n每人每秒请求: 0\n每址每分钟登录: 0\n`,
  );
  const child = spawn(huice, ['serve', '--config', config], {cwd: root});
  const url = `http://127.0.0.1:${port}`;
  let said = '';
  const link = await new Promise((resolve, reject) => {
    const refuse = () => reject(new Error(`no service after ${kStartMs} ms: ${said}`));
    const late = setTimeout(refuse, kStartMs);
    const read = (bytes) => {
      said += bytes;
      const found = /http\S+\/setup#\S+/.exec(said);
      if (found === null) return;
      clearTimeout(late);
      resolve(found[0]);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.on('exit', (code) => {
      clearTimeout(late);
      reject(new Error(`huice serve ended with ${code}: ${said}`));
    });
  });
  child.removeAllListeners('exit');
  return {
    url,
    link,
    sheets: kSheets,
    /** The files of the campaign as a clerk packs them; with `wrong` in the ledger. */
    campaign: (wrong = '') => campaign(folder, wrong),
    formerCampaign: () => formerCampaign(folder),
    addUsers() {
      for (const [login, name, roles] of kUsers) {
        const words = ['user', 'add', login, '--name', name, '--county', county, '--database', where];
        const input = `${password}\n`;
        execFileSync(huice, [...words, ...roles.flatMap((role) => ['--role', role])], {cwd: root, input});
      }
    },
    async stop() {
      const ended = new Promise((resolve) => child.on('exit', resolve));
      child.kill('SIGTERM');
      await ended;
      rmSync(folder, {recursive: true, force: true});
    },
  };
}
