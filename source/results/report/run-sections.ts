/*
What a report says of one run: what it was, how it went, and why what failed did.
*/
import {printSeconds} from '../../core/duration.ts';
import {engineText} from '../../core/rehearsal.ts';
import {signalName} from '../../core/host.ts';
import {timeText} from '../../directory/time-text.ts';
import {type JsonObject} from '../../core/json.ts';
import {numberText} from '../cell-text.ts';
import {mainOutputs} from '../columns.ts';
import {directionOf} from '../compare.ts';
import {axisField, axisTitle} from '../plot/axis.ts';
import {isFigure, numbersOf, type ResultSet} from '../result-set.ts';
import {type FirstProc, firstWord, type Triage} from '../triage.ts';
import {escapeHtml, type Html, htmlFacts, htmlLines, htmlNotes} from './html.ts';

export type ReportRun = {
	readonly set: ResultSet;
	readonly triages: readonly Triage[];
	/** environment.json; undefined where there is none. */
	readonly environment: JsonObject | undefined;
	/** notes.md, as it is. */
	readonly notes: string | undefined;
};

/** A card of what a run was, with its best figures. */
export function runCard({set, notes}: ReportRun): Html {
	const {run} = set;
	const count = (status: string) => set.rows.filter(row => row.status === status).length;
	const failed = count('failed');
	const tiles: ReadonlyArray<readonly [text: string, label: string]> = [
		run ? [`${count('finished')} of ${run.total}`, 'benchmarks finished'] : [String(set.rows.length), 'rows'],
		...(failed > 0 ? [[String(failed), 'failed'] as const] : []),
		...(run?.startedAt !== undefined && run.stoppedAt !== undefined ? [[printSeconds(run.stoppedAt - run.startedAt), 'took'] as const] : []),
		...bestFigures(set),
	];
	const facts: ReadonlyArray<readonly [string, string]> = run
		? [
			...(typeof run.args['engine'] === 'string' ? [['Engine', engineText(run.args['engine'])] as const] : []),
			['Started', run.started ?? 'at an unknown time'],
			...(run.stopped === undefined ? [] : [['Stopped', run.stopped] as const]),
			['Directory', run.path],
		]
		: [['File', set.path]];
	const status = run ? `<span class="status ${run.status === 'finished' ? 'finished' : (run.status === 'failed' ? 'failed' : '')}">${escapeHtml(run.status)}</span>` : '';
	return [
		`<div class="run"><h3>${escapeHtml(run ? `${run.suite} ${set.label}` : set.label)}${status}</h3>`,
		`<div class="tiles">${tiles.map(([text, label]) => `<div><b>${escapeHtml(text)}</b><span>${escapeHtml(label)}</span></div>`).join('')}</div>`,
		htmlFacts(facts),
		notes === undefined ? '' : htmlLines(notes.trimEnd().split('\n')),
		htmlNotes('What is to be known of it', [...set.warnings, ...(run?.state?.warnings ?? []).map(({message}) => message)]),
		'</div>',
	].join('');
}

// The least median latency and the greatest throughput, of the label that was recorded most.
function bestFigures(set: ResultSet): ReadonlyArray<readonly [string, string]> {
	const figures = mainOutputs(set).filter(name => isFigure(name)).map(name => axisField(set, name.replace(/^.*?(?=latency\.|start_throughput)/, '')));
	return [...new Set(figures)].flatMap(name => {
		const better = directionOf(name);
		const values = numbersOf(set, name).filter(value => !Number.isNaN(value));
		if (better === undefined || values.length === 0) {
			return [];
		}

		const best = values.reduce((one, other) => better === 'lower' ? Math.min(one, other) : Math.max(one, other));
		return [[numberText(best), `${better === 'lower' ? 'least' : 'greatest'} ${axisTitle(name).replace(/^./, first => first.toLowerCase())}`] as const];
	});
}

/** Why the benchmarks of a run failed; nothing where none did. */
export function failures({set, triages}: ReportRun): readonly Html[] {
	return triages.length === 0 ? [] : [`<section><h2>Failures of ${escapeHtml(set.label)}</h2>${triages.map(triage => failure(triage)).join('\n')}</section>`];
}

function failure({id, kind, message, first, cause, evidence, others, command}: Triage): Html {
	const part = (title: string, lines: readonly string[]) => lines.length === 0 ? '' : `<h4>${escapeHtml(title)}</h4>${htmlLines(lines)}`;
	return [
		`<div class="failure"><h3>Benchmark ${escapeHtml(id)}: ${escapeHtml(message)}</h3>`,
		...(cause === undefined ? [] : [`<p><b>Cause: ${escapeHtml(cause.name)}.</b> ${escapeHtml(cause.remedy)}</p>`]),
		...(first === undefined ? [] : [`<p class="note">${firstWord(kind)}: ${escapeHtml(firstText(first))}</p>`]),
		part(first === undefined ? '' : `Last words of ${first.label}`, first?.lines ?? []),
		part(first?.diedAt === undefined ? 'What the others said last' : 'What the others said around that second', others.map(({label, stream, text}) => `${label} ${stream}: ${text}`)),
		...evidence.map(({file, lines}) => part(`Evidence: ${file}`, lines)),
		part('To try it by hand', command === undefined ? [] : [command.line]),
		'</div>',
	].join('\n');
}

function firstText({label, host, returnCode, diedAt}: FirstProc): string {
	const signal = returnCode === undefined ? undefined : signalName(returnCode);
	return [
		host === undefined ? label : `${label} on ${host}`,
		...(returnCode === undefined ? [] : [`return code ${returnCode}${signal === undefined ? '' : ` (${signal})`}`]),
		...(diedAt === undefined ? [] : [`at ${timeText(diedAt)}`]),
	].join(', ');
}
