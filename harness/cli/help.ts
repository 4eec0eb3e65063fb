/** `--help`, and what the reader of the command line refuses, in the reader's language. */
import { Help, type Command } from 'commander';
import stringWidth from 'string-width';
import type { Language } from '../report/index.js';
import { cliText } from './text/index.js';
import { inHelp } from './text/sentence.js';

/** The language that the words of the command line ask for; undefined where they ask for none. Known before they are parsed, since `--help` ends the parsing. */
export function askedLanguage(words: readonly string[]): string | undefined {
  const end = words.indexOf('--');
  const read = end < 0 ? words : words.slice(0, end);
  const at = read.findLastIndex((word) => word === '--lang' || word.startsWith('--lang='));
  return at < 0 ? undefined : read[at]?.startsWith('--lang=') === true ? read[at].slice('--lang='.length) : read[at + 1];
}

/** Puts every description, heading and remark of the program and its verbs into Chinese. Names, flags and their words stay. */
export function helpInChinese(command: Command): void {
  command.description(inHelp(command.description()));
  for (const argument of command.registeredArguments) argument.description = inHelp(argument.description);
  for (const option of command.options) option.description = inHelp(option.description);
  // A verb that leaves --help to the program behind it has none of its own.
  if (command.createHelp().visibleOptions(command).some(({ long }) => long === '--help')) command.helpOption('-h, --help', inHelp('display help for command'));
  if (command.commands.length > 0) command.helpCommand('help [command]', inHelp('display help for command'));
  command.configureHelp({
    displayWidth: (text) => stringWidth(text),
    styleTitle: inHelp,
    // Commander parts the heading from the usage by a space, which a Chinese colon has in it.
    formatHelp: (verb, helper) => Help.prototype.formatHelp.call(helper, verb, helper).replace(/^用法： /, '用法：'),
    styleUsage: placesInChinese,
    styleSubcommandTerm: placesInChinese,
    styleDescriptionText: remarksInChinese,
    boxWrap: wrap,
  });
  for (const verb of command.commands) helpInChinese(verb);
}

const placesInChinese = (usage: string): string => usage.replace('[options]', '[选项]').replace('[command]', '[命令]');

/** What commander adds behind a description: `(choices: "a", "b", default: "a")`. */
function remarksInChinese(text: string): string {
  return text.replace(/ ?\(((?:choices|default|env|preset): [^]*)\)$/, (_, remarks: string) =>
    `（${remarks.replace(/\b(choices|default): /g, (__, word: string) => (word === 'choices' ? '可选：' : '默认：'))}）`);
}

/** Lines of at most so many cells: broken at a space, or between two Chinese characters; never before a closing mark. */
export function wrap(text: string, cells: number): string {
  if (cells < 20) return text;
  return text.split('\n').flatMap((line) => {
    const lines: string[] = [];
    let now = '';
    for (const piece of line.match(/[\p{Script=Han}，。；：、（）“”？]|[^\s\p{Script=Han}，。；：、（）“”？]+|\s+/gu) ?? []) {
      const full = now !== '' && stringWidth(now + piece) > cells && !/^[，。；：、）”？]/.test(piece);
      if (full) lines.push(now.trimEnd());
      now = full ? piece.trimStart() : now + piece;
    }
    return [...lines, now.trimEnd()];
  }).join('\n');
}

/** A refusal of commander's as a person reads it: `error: unknown option '--x'`, and perhaps what was meant. */
export function refusal(text: string, language: Language): string {
  if (language === 'en') return text;
  const { failure } = cliText(language);
  return text.replace(/^error: (.*)$/gm, (_, sentence: string) => failure.error(inHelp(sentence))).replace(/^\(.*\)$/gm, inHelp);
}
