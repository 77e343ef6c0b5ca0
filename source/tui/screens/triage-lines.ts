import {plainText} from '../../logs/styled-text.ts';
import {firstWord, type Triage} from '../../results/triage.ts';
import {type Line, lineOf, segment} from '../text/line.ts';
import {clockTime} from './day-text.ts';

/** Why a benchmark failed, as lines: what ended it, who died first, the cause and what to do, what the others said, what to paste. */
export function triageLines({id, kind, message, first, cause, evidence, others, command}: Triage, sign: string): readonly Line[] {
	const title = (text: string): Line => lineOf(`  ${text}`, 'muted');
	const quoted = (text: string, tone: 'plain' | 'muted' | 'bad' = 'plain'): Line => lineOf(`    ${plainText(text)}`, tone);
	const code = first?.returnCode === undefined ? '' : `, return code ${first.returnCode}${first.signal === undefined ? '' : ` (${first.signal})`}`;
	return [
		[segment(` ${sign} ${id} failed  `, 'bad', {bold: true}), segment(plainText(message), 'bad')],
		...(first
			? [
				[
					segment(`  ${firstWord(kind).padEnd(12)}`, 'muted'),
					segment(plainText(first.label), 'plain', {bold: true}),
					segment(
						plainText(
							`${first.host === undefined ? '' : ` on ${first.host}`}${code}${first.diedAt === undefined ? '' : `, at ${clockTime(first.diedAt)}`}`,
						),
					),
				],
			]
			: []),
		...(cause
			? [
				[
					segment('  Cause       ', 'muted'),
					segment(plainText(cause.name), 'plain', {bold: true}),
					segment(`  ${plainText(cause.remedy)}`, 'warn'),
				],
			]
			: []),
		...(first && first.lines.length > 0 ? [title('Its last words'), ...first.lines.slice(-8).map(line => quoted(line))] : []),
		...evidence.flatMap(({file, lines}) => [title(`Evidence: ${plainText(file)}`), ...lines.slice(0, 12).map(line => quoted(line, 'muted'))]),
		...(others.length > 0
			? [
				title(first?.diedAt === undefined ? 'What the others said last' : 'What the others said around that second'),
				...others.map((said): Line => [
					segment(`    ${plainText(said.label)} `, 'accent'),
					segment(said.text, said.isError ? 'bad' : 'muted'),
				]),
			]
			: []),
		...(command ? [title(`To try it by hand (${plainText(command.file)})`), quoted(command.line)] : []),
	];
}

/** Why benchmarks failed: those that failed for one reason together. */
export function triagesLines(triages: readonly Triage[], sign: string): readonly Line[] {
	const groups = Map.groupBy(triages, ({message, cause, first}) => [message, cause?.name, first?.label, first?.lines.at(-1)].join('\n'));
	return [...groups.values()].flatMap(([first, ...others]) => (first
		? [
			...triageLines(first, sign),
			...(others.length > 0 ? [[segment(` ${sign} ${others.map(({id}) => id).join(', ')} failed likewise`, 'bad')]] : []),
			[],
		]
		: []));
}
