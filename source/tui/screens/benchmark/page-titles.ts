import path from 'node:path';
import {plainText} from '../../../logs/styled-text.ts';
import {type ViewedBenchmark} from '../../../results/benchmark-view.ts';
import {pasteCommand} from '../../../results/paste-command.ts';
import {type Line, lineOf, segment} from '../../text/line.ts';
import {clockTime} from '../day-text.ts';
import {type BenchmarkState} from './benchmark-state.ts';
import {type Item, type Stream} from './item.ts';

/** Which benchmark of what, and how it went. */
export function titleOf({run, benchmark}: ViewedBenchmark): Line {
	const tone = benchmark.status === 'failed' ? 'bad' : (benchmark.status === 'finished' ? 'good' : 'warn');
	return [segment(plainText(run.suite), 'muted'), segment(`  ${run.word ?? ''}  `, 'faint'), segment(benchmark.id, 'plain', {bold: true}), segment(`  ${benchmark.status}`, tone)];
}

/** The one moment of charts and logs. */
export function momentText({at}: BenchmarkState, from: number): Line {
	return at === undefined ? [] : [segment(clockTime(at), 'accent', {bold: true}), segment(`  ${at < from ? '-' : '+'}${(Math.abs(at - from) / 1000).toFixed(2)} s`, 'muted')];
}

/** Where an item ran, and with which command. */
export function statusOf(item: Item | undefined): Line {
	if (item?.kind !== 'proc') {
		return lineOf(item ? plainText(item.name) : 'Nothing of it was kept.', 'faint');
	}

	const {label, host, port, pid, returncode, command} = item.proc;
	const facts = [
		host === undefined ? '' : `${host}${port === undefined ? '' : `:${port}`}`,
		pid === undefined ? '' : `pid ${pid}`,
		returncode === undefined ? '' : `return code ${returncode}`,
	]
		.filter(fact => fact !== '')
		.join('  ');
	return [
		segment(plainText(`${label}  ${facts}  `), 'muted'),
		segment(
			plainText(
				command === undefined
					? ''
					: `$ ${path.basename(pasteCommand(command).split(' ', 1)[0] ?? '')} ${pasteCommand(command).split(' ').slice(1).join(' ')}`,
			),
			'faint',
		),
	];
}

/** What a log is of. */
export function paneTitle(item: Item, stream: Stream): Line {
	return item.kind === 'file'
		? [segment(plainText(item.name), 'plain', {bold: true})]
		: [segment(plainText(item.proc.label), 'plain', {bold: true}), segment(`  std${stream}`, stream === 'err' ? 'warn' : 'muted')];
}
