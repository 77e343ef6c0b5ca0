/*
Triage for people: what failed, which process died first, why, what the others said, and what to paste.
*/
import {timeText} from '../directory/time-text.ts';
import {type SaidLine} from '../results/around.ts';
import {type FirstProc, firstWord, type Triage} from '../results/triage.ts';
import {troubleshootingLine} from '../core/troubleshooting.ts';
import {printable} from './printable.ts';
import {paintStatus, type TextStyle} from './text-style.ts';

// A night in which all failed for one reason is not to scroll for pages.
const maxWhole = 3;
const maxEvidence = 12;
const maxSaid = 300;

/** A block for each failure, with an empty line after each; nothing where none failed. */
export function triageText(triages: readonly Triage[], style: TextStyle): string {
	const whole = triages.slice(0, maxWhole).map(triage => block(triage, style));
	const rest = triages.slice(maxWhole).map(triage => headline(triage, style));
	const more = troubleshootingLine(triages.map(({message}) => message), triages.flatMap(({cause}) => cause?.name ?? []));
	return [...whole, ...(rest.length === 0 ? [] : [rest]), ...(more === undefined ? [] : [[more]])].map(lines => `${lines.join('\n')}\n\n`).join('');
}

function block(triage: Triage, style: TextStyle): readonly string[] {
	const {kind, first, cause, evidence, others, command} = triage;
	const indented = (lines: readonly string[]) => lines.map(line => `    ${printable(line)}`);
	return [
		headline(triage, style),
		...indented(first?.lines ?? []),
		...(first === undefined
			? []
			: [`  ${firstWord(kind)}: ${printable(firstText(first))}`]),
		...(cause === undefined ? [] : [`  Cause: ${printable(cause.name)}. ${printable(cause.remedy)}`]),
		...evidence.flatMap(({file, lines}) => [`  Evidence: ${printable(file)}`, ...indented(lines.slice(0, maxEvidence))]),
		...(others.length === 0
			? []
			: [
				`  ${first?.diedAt === undefined ? 'What the others said last:' : 'What the others said around that second:'}`,
				...indented(others.map(line => saidText(line))),
			]),
		...(command === undefined ? [] : [`  To try it by hand (${printable(command.file)}):`, ...indented([command.line])]),
	];
}

function headline({id, message, cause, first}: Triage, style: TextStyle): string {
	const hasMore = first !== undefined || cause !== undefined;
	return `${paintStatus(`Benchmark ${id} failed`, 'failed', style)}: ${printable(message)}${hasMore || message.endsWith('.') ? '' : '.'}`;
}

function firstText({label, host, returnCode, signal, diedAt}: FirstProc): string {
	return [
		host === undefined ? label : `${label} on ${host}`,
		...(returnCode === undefined ? [] : [`return code ${returnCode}${signal === undefined ? '' : ` (${signal})`}`]),
		...(diedAt === undefined ? [] : [`at ${timeText(diedAt)}`]),
	].join(', ');
}

function saidText({label, stream, text}: SaidLine): string {
	return `${label} ${stream}: ${text.length > maxSaid ? `${text.slice(0, maxSaid - 1)}…` : text}`;
}
