import {Box, Text} from 'ink';
import {useSyncExternalStore} from 'react';
import {printSeconds} from '../../core/duration.ts';
import {selectElapsed, selectEta, selectProgress} from '../../core/selectors.ts';
import {plainText} from '../../logs/styled-text.ts';
import {shortNumber} from '../text/quantity.ts';
import {type ConsoleView} from './console-frame.tsx';
import {figureWords, readingAt} from './chart-strip.ts';
import {runStanding} from './header.ts';
import {type LogReader} from './proc-pane.tsx';
import {headline, phaseNow, procStatus, procWords} from './select.ts';

/** The console for a screen reader: sentences, the most important first, and nothing that is only drawn. */
export function Spoken({view, logs}: {readonly view: ConsoleView; readonly logs: LogReader}) {
	const {focused, benchmark} = view;
	const name = {benchmark: benchmark?.id ?? '', label: focused?.label ?? '', stream: 'out'} as const;
	const log = useSyncExternalStore(logs.subscribe, () => logs.snapshot(name));
	const last = log.rows.slice(-3).map(({line}) => plainText(line.text));
	return (
		<Box flexDirection='column'>
			{spokenSentences(view).map(sentence => <Text key={sentence}>{sentence}</Text>)}
			{last.length > 0 && <Text>{`Last lines of ${focused?.label ?? ''}: ${last.join(' / ')}`}</Text>}
			<Text>Keys: tab next process, question mark all keys, colon all commands, d detach, q quit.</Text>
		</Box>
	);
}

/** What there is to say. */
function spokenSentences({state, benchmark, focused, procs, charts, now, model}: ConsoleView): readonly string[] {
	const {total, finished, failed} = selectProgress(state);
	const standing = runStanding(state, now);
	const running = state.benchmarks.find(({status}) => status === 'running');
	const died = benchmark ? procs.filter(proc => procStatus(proc, benchmark) === 'died') : [];
	const {latencyMs, throughput} = headline(state.benchmarks.findLast(({status}) => status === 'finished')?.output);
	return [
		`Suite ${state.name} is ${standing === 'silent' ? 'without a sign of its runner' : standing}: ${finished} of ${total} benchmarks finished${failed > 0 ? `, ${failed} failed` : ''}.`,
		...(running ? [`Benchmark ${running.id} is ${running.phase === undefined ? 'starting' : phaseNow(running)}.`] : []),
		`Elapsed ${printSeconds(selectElapsed(state, now))}${state.outcome === undefined ? `, about ${printSeconds(selectEta(state, now))} left` : ''}.`,
		...died.map(proc => `Process ${proc.label} died: ${procWords(proc, 'died')}.`),
		...(benchmark?.failure ? [`Benchmark ${benchmark.id} failed: ${benchmark.failure.message}`] : []),
		...charts.flatMap(chart => {
			const reading = readingAt(chart, model.at);
			return reading ? [`${chart.name}: ${reading.figures.map(figure => figureWords(figure)).join(', ')}.`] : [];
		}),
		...(throughput === undefined || latencyMs === undefined ? [] : [`The last result: median latency ${shortNumber(latencyMs)} ms, throughput ${shortNumber(throughput)} per second.`]),
		...(focused && benchmark ? [`Chosen process: ${focused.label}, ${procWords(focused, procStatus(focused, benchmark))}.`] : []),
	];
}
