import path from 'node:path';
import {Box, useApp} from 'ink';
import {useEffect, useReducer, useRef, useState} from 'react';
import {messageOf} from '../../../core/errors.ts';
import {plainText} from '../../../logs/styled-text.ts';
import {type LogReader} from '../../../logs/log-reader.ts';
import {parseTimePattern} from '../../../logs/time-pattern.ts';
import {type ViewedBenchmark} from '../../../results/benchmark-view.ts';
import {resultsOfRun} from '../../../results/open-results.ts';
import {pasteCommand} from '../../../results/paste-command.ts';
import {type Triage} from '../../../results/triage.ts';
import {Rows} from '../../components/rows.tsx';
import {useLook} from '../../look.ts';
import {useScreen} from '../../terminal/screen-control.ts';
import {type Line, lineOf, segment} from '../../text/line.ts';
import {isMoving, stepOf} from '../../text/move.ts';
import {axisWidth} from '../../text/time-chart.ts';
import {useBrowser} from '../context.ts';
import {copySequence} from '../copy.ts';
import {clockTime} from '../day-text.ts';
import {type Asked, Page, pageRows} from '../page.tsx';
import {type ScreenProps} from '../place.ts';
import {detailsLines} from '../suite/details-lines.ts';
import {triageLines} from '../triage-lines.ts';
import {wrapWords} from '../wrap-words.ts';
import {type BenchmarkState, reduceBenchmark, startState, stepped} from './benchmark-state.ts';
import {chartsLines, chartsRows} from './chart-lines.ts';
import {type Item, itemsOf, logOf, tellingStream} from './item.ts';
import {itemLines} from './item-lines.ts';
import {LogPane} from './log-pane.tsx';
import {ReaderPool} from './reader-pool.ts';
import {rangeOf, useCharts} from './use-charts.ts';

type BenchmarkPageProps = ScreenProps & {readonly view: ViewedBenchmark; readonly triage: Triage | undefined};

const scrollCells = 8;
// A log pane of fewer rows tells nothing.
const paneRows = 8;

/** A benchmark: charts above, its processes and files at the left, their logs at the right, one moment through all. */
export function BenchmarkPage({view, triage, navigation, isActive, columns, rows}: BenchmarkPageProps) {
	const {glyphs} = useLook();
	const {options: {actions = {}}} = useBrowser();
	const screen = useScreen();
	const {suspendTerminal} = useApp();
	const items = itemsOf(view);
	const [state, dispatch] = useReducer(reduceBenchmark, undefined, () => initialState(items, triage));
	const [pool] = useState(() => new ReaderPool());
	const [asking, setAsking] = useState<'search' | 'filter' | 'pattern'>();
	const [message, setMessage] = useState('');
	const charts = useCharts(view, actions.serveMetrics);
	const range = rangeOf(view);

	const body = rows - pageRows;
	const listWidth = Math.min(columns >= 110 ? 40 : 24, Math.floor(columns / 3));
	const chart = charts.sources[state.source] ?? charts.sources[0];
	const pictureRows = pictureRowsOf(state, body);
	const panel = panelLines({state, view, triage, item: items[state.item], width: columns - 1, sign: glyphs.failed});
	const hasPictures = charts.sources.length > 0 && pictureRows > 0;
	const topRows = state.isZoomed ? 0 : topRowsOf({state, panel, body, pictureRows: hasPictures ? pictureRows : 0});
	const top = panel ?? chartsLines(chart, charts.note ?? (charts.isReading ? 'Reading …' : (charts.sources.length > 1 ? `m: ${charts.sources.length} sources` : '')), {
		glyphs, width: columns, height: pictureRows, range, phases: view.phases, pauses: view.pauses, cursor: state.at,
	});
	const height = body - topRows;
	const shown = shownItems(items, state, state.isZoomed ? 1 : Math.max(1, Math.min(3, Math.floor(height / paneRows))));
	const logs = shown.map(index => ({index, item: items[index]!, log: logOf(view, items[index]!, streamOf(state, items, index))}));
	const readers = logs.map(({log}) => pool.open(log, state.at));
	const [reader] = readers;
	const kept = logs.map(({log}) => log.file).join('\n');
	useEffect(() => {
		pool.keep(kept.split('\n'));
	}, [pool, kept]);
	useEffect(() => () => {
		pool.keep([]);
	}, [pool]);

	const current = items[state.item];
	const close = () => {
		setAsking(undefined);
	};

	// A log takes its time to be moved; a key pressed meanwhile goes on from where that leads.
	const moment = useRef(state.at);
	const work = useRef(Promise.resolve());
	const inOrder = (task: () => Promise<void>) => {
		work.current = work.current.then(task);
	};

	const point = (at: number | undefined, but?: LogReader) => {
		if (at !== undefined) {
			moment.current = at;
			dispatch({type: 'pointed', at});
			pool.seek(at, but);
		}
	};

	/** The log in focus was moved: the moment of its line is the moment of all. */
	const follow = () => {
		inOrder(async () => {
			await reader?.settled();
			point(reader?.state().at, reader);
		});
	};

	const step = (by: number) => {
		inOrder(async () => {
			await reader?.settled();
			point(stepped(moment.current, by, range, columns - axisWidth));
		});
	};

	const asked: Asked | undefined = asking && {
		sign: {search: '/', filter: '&', pattern: 'times '}[asking],
		onSubmit(text) {
			close();
			if (asking === 'search') {
				reader?.search(text);
			} else if (asking === 'filter') {
				reader?.setFilter(text);
			} else {
				setMessage(setPattern(text));
				return;
			}

			follow();
		},
		onCancel() {
			close();
			if (asking === 'search') {
				reader?.search('');
			} else if (asking === 'filter') {
				reader?.setFilter('');
			}
		},
	};

	const setPattern = (text: string): string => {
		try {
			reader?.setPattern(text === '' ? undefined : parseTimePattern(text));
			return '';
		} catch (error) {
			return messageOf(error);
		}
	};

	return (
		<Page
			columns={columns} rows={rows} isActive={isActive} navigation={navigation} places={['benchmark', 'moving', 'searching']}
			first={[...(triage ? ['why'] : []), 'next-proc', 'earlier', 'later', 'next-error', 'search', 'filter', 'zoom', 'stream', 'charts', 'inputs']} without={['palette', ...(triage ? [] : ['why']), ...(actions.openFile ? [] : ['open-file'])]}
			title={titleOf(view)} right={momentText(state, range.from)} status={message === '' ? statusOf(current) : lineOf(message, 'accent')} asked={asked}
			onBack={() => {
				const hasMore = state.isZoomed || (state.panel !== 'charts' && state.panel !== 'why');
				if (state.isZoomed) {
					dispatch({type: 'zoomed', isZoomed: false});
				} else if (hasMore) {
					dispatch({type: 'showed', panel: 'charts'});
				}

				return hasMore;
			}}
			onCommand={command => {
				setMessage('');
				if (command === 'left' || command === 'right') {
					dispatch({type: 'scrolled', cells: command === 'left' ? -scrollCells : scrollCells});
					return;
				}

				if (isMoving(command)) {
					reader?.move(stepOf(command, Math.max(1, Math.floor(height / shown.length) - 1)));
					follow();
					return;
				}

				switch (command) {
					case 'next-proc':
					case 'previous-proc': {
						dispatch({type: 'went', step: command === 'next-proc' ? 1 : -1, count: items.length});
						break;
					}

					case 'earlier': {
						step(-1);
						break;
					}

					case 'later': {
						step(1);
						break;
					}

					case 'much-earlier': {
						step(-10);
						break;
					}

					case 'much-later': {
						step(10);
						break;
					}

					case 'stream': {
						dispatch({type: 'chose-stream', stream: streamOf(state, items, state.item) === 'out' ? 'err' : 'out'});
						break;
					}

					case 'next-error':
					case 'previous-error': {
						if (command === 'next-error') {
							reader?.nextError();
						} else {
							reader?.previousError();
						}

						follow();
						break;
					}

					case 'next-match':
					case 'previous-match': {
						if (command === 'next-match') {
							reader?.nextMatch();
						} else {
							reader?.previousMatch();
						}

						follow();
						break;
					}

					case 'search':
					case 'filter':
					case 'pattern': {
						setAsking(command);
						break;
					}

					case 'zoom': {
						dispatch({type: 'zoomed', isZoomed: !state.isZoomed});
						break;
					}

					case 'charts': {
						dispatch(state.panel === 'charts' ? {type: 'resized-charts'} : {type: 'showed', panel: 'charts'});
						break;
					}

					case 'chart-source': {
						dispatch({type: 'changed-source', count: charts.sources.length});
						break;
					}

					case 'wrap': {
						dispatch({type: 'wrapped'});
						break;
					}

					case 'why': {
						dispatch({type: 'showed', panel: triage ? 'why' : 'charts'});
						break;
					}

					case 'inputs':
					case 'command': {
						dispatch({type: 'showed', panel: command});
						break;
					}

					case 'open-file': {
						const file = logs[0]?.log.file;
						if (file !== undefined) {
							void suspendTerminal(async () => {
								await actions.openFile?.(file).catch((error: unknown) => {
									setMessage(messageOf(error));
								});
							});
						}

						break;
					}

					case 'copy': {
						if (current?.kind === 'proc' && current.proc.command !== undefined) {
							screen?.write(copySequence(pasteCommand(current.proc.command)));
							setMessage('Copied the command, through OSC 52.');
						}

						break;
					}
				}
			}}
		>
			<Rows lines={top} width={columns} height={topRows}/>
			<Box height={height}>
				{!state.isZoomed && <Rows lines={itemLines(items, state.item, {glyphs, width: listWidth, height, isRunning: view.benchmark.status === 'running'})} width={listWidth} height={height}/>}
				<Box flexDirection='column'>
					{logs.map(({index, item, log}, place) => (
						<LogPane
							key={log.file} reader={readers[place]!} isFocused={place === 0} column={place === 0 ? state.column : 0} wraps={state.wraps}
							title={paneTitle(item, streamOf(state, items, index))}
							width={state.isZoomed ? columns : columns - listWidth} height={paneHeight(height, logs.length, place)}
						/>
					))}
				</Box>
			</Box>
		</Page>
	);
}

function initialState(items: readonly Item[], triage: Triage | undefined): BenchmarkState {
	const dead = triage?.first ? items.findIndex(item => item.kind === 'proc' && item.proc.label === triage.first?.label) : -1;
	return {...startState, item: Math.max(0, dead), panel: triage ? 'why' : 'charts', ...(triage?.first?.diedAt !== undefined && {at: triage.first.diedAt})};
}

function streamOf({streams}: BenchmarkState, items: readonly Item[], index: number) {
	const item = items[index];
	return streams.get(index) ?? (item ? tellingStream(item) : 'out');
}

/** The item in focus, then those after it that have anything to say. */
function shownItems(items: readonly Item[], {item}: BenchmarkState, count: number): readonly number[] {
	const others = items.flatMap((one, index) => (index !== item && one.kind === 'proc' && (one.proc.outBytes ?? 0) + (one.proc.errBytes ?? 0) > 0 ? [index] : []));
	const after = [...others.filter(index => index > item), ...others.filter(index => index < item)];
	return items.length === 0 ? [] : [item, ...after].slice(0, count);
}

function paneHeight(height: number, count: number, place: number): number {
	const each = Math.floor(height / count);
	return place === 0 ? height - (each * (count - 1)) : each;
}

function pictureRowsOf({charts}: BenchmarkState, body: number): number {
	return charts === 'large' ? Math.max(3, Math.floor((body * 0.7) / 2) - 2) : Math.max(2, Math.min(7, Math.floor((body - 3) / 7)));
}

function topRowsOf({state, panel, body, pictureRows}: {readonly state: BenchmarkState; readonly panel: readonly Line[] | undefined; readonly body: number; readonly pictureRows: number}): number {
	if (panel) {
		return Math.min(panel.length, Math.floor(body * 0.6));
	}

	if (state.charts === 'none') {
		return 0;
	}

	return pictureRows > 0 ? chartsRows(pictureRows) : 2;
}

type PanelOptions = {readonly state: BenchmarkState; readonly view: ViewedBenchmark; readonly triage: Triage | undefined; readonly item: Item | undefined; readonly width: number; readonly sign: string};

function panelLines({state, view, triage, item, width, sign}: PanelOptions): readonly Line[] | undefined {
	switch (state.panel) {
		case 'charts': {
			return undefined;
		}

		case 'why': {
			return triage && [...triageLines(triage, sign), []];
		}

		case 'inputs': {
			const set = resultsOfRun(view.run);
			const row = set.rows.findIndex(({id}) => id === view.benchmark.id);
			return detailsLines(set, {members: [row], id: view.benchmark.id, status: view.benchmark.status}, width).map(line => [segment(' '), ...line]);
		}

		case 'command': {
			const command = item?.kind === 'proc' ? item.proc.command : undefined;
			return [...wrapWords(plainText(command === undefined ? 'Its command is not known.' : pasteCommand(command)), width - 2).map(text => lineOf(`  ${text}`)), []];
		}
	}
}

function titleOf({run, benchmark}: ViewedBenchmark): Line {
	const tone = benchmark.status === 'failed' ? 'bad' : (benchmark.status === 'finished' ? 'good' : 'warn');
	return [segment(plainText(run.suite), 'muted'), segment(`  ${run.word ?? ''}  `, 'faint'), segment(benchmark.id, 'plain', {bold: true}), segment(`  ${benchmark.status}`, tone)];
}

function momentText({at}: BenchmarkState, from: number): Line {
	return at === undefined ? [] : [segment(clockTime(at), 'accent', {bold: true}), segment(`  ${at < from ? '-' : '+'}${(Math.abs(at - from) / 1000).toFixed(2)} s`, 'muted')];
}

function statusOf(item: Item | undefined): Line {
	if (item?.kind !== 'proc') {
		return lineOf(item ? plainText(item.name) : 'Nothing of it was kept.', 'faint');
	}

	const {label, host, port, pid, returncode, command} = item.proc;
	const facts = [host === undefined ? '' : `${host}${port === undefined ? '' : `:${port}`}`, pid === undefined ? '' : `pid ${pid}`, returncode === undefined ? '' : `return code ${returncode}`].filter(fact => fact !== '').join('  ');
	return [segment(plainText(`${label}  ${facts}  `), 'muted'), segment(plainText(command === undefined ? '' : `$ ${path.basename(pasteCommand(command).split(' ', 1)[0] ?? '')} ${pasteCommand(command).split(' ').slice(1).join(' ')}`), 'faint')];
}

function paneTitle(item: Item, stream: 'out' | 'err'): Line {
	return item.kind === 'file'
		? [segment(plainText(item.name), 'plain', {bold: true})]
		: [segment(plainText(item.proc.label), 'plain', {bold: true}), segment(`  std${stream}`, stream === 'err' ? 'warn' : 'muted')];
}
