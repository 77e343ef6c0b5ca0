/*
Lines that tell of something wrong, whatever program wrote them. Two tables, so that people can add to them: where trouble
begins, and lines that go on with it (the frames of a stack), at which `next error` does not stop again.
*/
import {patternQuery, type Query} from './query.ts';
import {plainText} from './styled-text.ts';

export type ErrorPattern = {
	readonly name: string;
	readonly pattern: RegExp;
};

const errorPatterns: readonly ErrorPattern[] = [
	{name: 'level', pattern: /\b(?:ERROR|FATAL|SEVERE|CRITICAL|EMERG|ALERT|PANIC)\b/},
	{name: 'level field', pattern: /\b(?:level|lvl|severity)"?[:=] ?"?(?:error|fatal|panic|crit|critical|alert|emerg)\b/},
	{name: 'glog', pattern: /^[EF]\d{4} \d\d:\d\d:\d\d/},
	{name: 'exception', pattern: /\b[A-Z]\w*(?:Exception|Error)(?=[\s):;]|$)/},
	{
		name: 'thrown',
		pattern: /\bException in thread\b|^Traceback \(most recent call last\)|^Caused by: |\bUncaught\b|\b[Uu]nhandled (?:promise )?rejection\b/,
	},
	{name: 'panic', pattern: /^panic: |^fatal error: |\bpanicked at\b|^goroutine \d+ \[running\]|\bAssertion .*failed\b|\bassertion failed\b/},
	{
		name: 'crash',
		pattern: /\b(?:Segmentation fault|core dumped|stack smashing detected|terminate called|Aborted|Killed)\b|\bSIG(?:SEGV|ABRT|BUS|ILL|FPE)\b/,
	},
	{name: 'system', pattern: /\bE(?:ADDRINUSE|CONNREFUSED|CONNRESET|ACCES|NOSPC|MFILE|NOMEM|PIPE)\b/},
	{
		name: 'system message',
		pattern: /Address already in use|Connection refused|No space left on device|Permission denied|Too many open files|Cannot allocate memory/,
	},
	{name: 'JVM', pattern: /Could not find or load main class|Unable to access jarfile|Could not create the Java Virtual Machine|Unrecognized (?:VM )?option/},
	{name: 'JVM heap', pattern: /Invalid (?:initial|maximum) heap size|Could not reserve enough space/},
	{name: 'shell', pattern: /^(?:[\w\-./]*sh: |error: |Error: )|command not found$|: not found$/},
];

const stackPatterns: readonly ErrorPattern[] = [
	{name: 'Java or JavaScript frame', pattern: /^\s+at \S/},
	{name: 'more frames', pattern: /^\s*\.\.\. \d+ (?:more|common frames omitted)/},
	{name: 'Python frame', pattern: /^ {2}File ".*", line \d+/},
	{name: 'Go frame', pattern: /^\s+\S+\.go:\d+/},
	{name: 'Rust or C frame', pattern: /^\s+\d+: +(?:0x[\da-f]+ - )?\S|^#\d+ +0x[\da-f]+ /},
];

/** Finds the lines where trouble begins. */
export function errorQuery(patterns: readonly ErrorPattern[] = errorPatterns): Query {
	return patternQuery('errors', new RegExp(patterns.map(({pattern}) => `(?:${pattern.source})`).join('|')));
}

export type LineKind = 'plain' | 'error' | 'stack';

/** What a line tells, as it was read. */
export function lineKind(line: string): LineKind {
	const text = plainText(line);
	if (stackPatterns.some(({pattern}) => pattern.test(text))) {
		return 'stack';
	}

	return errorPatterns.some(({pattern}) => pattern.test(text)) ? 'error' : 'plain';
}
