// Writes messages/zh-TW.json from zh-CN.json: OpenCC for the characters, a short list for the words that
// differ in Taiwan (its own list turns 社区, a neighbourhood, into an online group), then overrides by hand.
// `--check` only says whether the committed file is current.
import { readFileSync, writeFileSync } from 'node:fs';
import { Converter } from 'opencc-js/cn2t';

const folder = new URL('../messages/', import.meta.url);
const read = (name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8'));
const characters = Converter({ from: 'cn', to: 'tw' });
const words = [
  ['信号', '訊號'],
  ['链接', '連結'],
  ['消息', '訊息'],
  ['二维码', '行動條碼'],
  ['打印', '列印'],
  ['文件', '檔案'],
  ['导入', '匯入'],
  ['登录', '登入'],
  ['屏幕', '螢幕'],
  ['撤销', '復原'],
  ['网络', '網路'],
  ['服务器', '伺服器'],
  ['刷新', '重新整理'],
  ['保存', '儲存'],
  ['账号', '帳號'],
  ['搜索', '搜尋'],
  ['下载', '下載'],
  ['划', '劃'],
  ['视频', '影片'],
  ['默认', '預設'],
  ['代码', '代碼'],
  ['复制', '複製'],
  ['“', '「'],
  ['”', '」'],
  ['快捷键', '快速鍵'],
  ['联网', '連網'],
];
const convert = (text) => characters(words.reduce((done, [from, to]) => done.split(from).join(to), text));

const source = read('zh-CN.json');
const overrides = read('zh-TW.override.json');
const target = Object.fromEntries(
  Object.entries(source).map(([section, texts]) => [
    section,
    Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, overrides[section]?.[key] ?? convert(text)])),
  ]),
);
const text = `${JSON.stringify(target, null, 2)}\n`;
const file = new URL('zh-TW.json', folder);

if (process.argv.includes('--check')) {
  if (readFileSync(file, 'utf8') !== text) {
    console.error('messages/zh-TW.json is not current: run `npm run zh-tw`');
    process.exit(1);
  }
} else {
  writeFileSync(file, text);
}
