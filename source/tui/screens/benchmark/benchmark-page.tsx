import {Box, useApp} from 'ink';
import {useEffect, useReducer, useState} from 'react';
import {messageOf} from '../../../core/errors.ts';
import {type ViewedBenchmark} from '../../../results/benchmark-view.ts';
import {pasteCommand} from '../../../results/paste-command.ts';
import {type Triage} from '../../../results/triage.ts';
import {type Shortcut} from '../../components/palette.tsx';
import {Rows} from '../../components/rows.tsx';
import {useLook} from '../../look.ts';
import {useScreen} from '../../terminal/screen-control.ts';
import {lendTerminal} from '../../terminal/suspend.ts';
import {lineOf} from '../../text/line.ts';
import {showsTimes} from '../../text/own-times.ts';
import {axisWidth} from '../../text/time-chart.ts';
import {useBrowser} from '../context.ts';
import {copySequence} from '../copy.ts';
import {Page, pageRows} from '../page.tsx';
import {type ScreenProps} from '../place.ts';
import {takeCommand} from './benchmark-commands.ts';
import {reduceBenchmark} from './benchmark-state.ts';
import {chartsLines} from './chart-lines.ts';
import {type Item, itemShortcut, itemsOf, logOf} from './item.ts';
import {itemLines} from './item-lines.ts';
import {LogPane} from './log-pane.tsx';
import {type LogQuestion, logQuestion} from './log-question.ts';
import {paneHeight, pictureRowsOf, topRowsOf} from './page-layout.ts';
import {momentText, paneTitle, statusOf, titleOf} from './page-titles.ts';
import {panelLines} from './panel-lines.ts';
import {ReaderPool} from './reader-pool.ts';
import {initialState, shownItems, streamOf} from './shown-items.ts';
import {rangeOf, useCharts} from './use-charts.ts';
import {useMoment} from './use-moment.ts';

type BenchmarkPageProps = ScreenProps & {readonly view: ViewedBenchmark; readonly triage: Triage | undefined};

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
	const [asking, setAsking] = useState<LogQuestion>();
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
	const moment = useMoment({
		at: state.at, range, width: columns - axisWidth, pool, reader,
		onPoint(at) {
			dispatch({type: 'pointed', at});
		},
	});

	const current = items[state.item];
	const paneWidth = state.isZoomed ? columns : columns - listWidth;
	// What is no log of a process is shown as it is: a time may be all that it says.
	const hasTimes = (item: Item | undefined) => item?.kind === 'proc' ? showsTimes(state, paneWidth) : undefined;
	return (
		<Page
			columns={columns} rows={rows} isActive={isActive} navigation={navigation} places={['benchmark', 'moving', 'searching']}
			first={[...(triage ? ['why'] : []), 'next-proc', 'earlier', 'later', 'next-error', 'search', 'filter', 'zoom', 'stream', 'timestamps', 'charts', 'inputs']}
			without={[...(triage ? [] : ['why']), ...(current?.kind === 'proc' ? [] : ['timestamps']), ...(actions.openFile ? [] : ['open-file'])]}
			title={titleOf(view)} right={momentText(state, range.from)} status={message === '' ? statusOf(current) : lineOf(message, 'accent')}
			asked={asking && logQuestion(asking, reader, {
				onClose() {
					setAsking(undefined);
				},
				onMoved: moment.follow,
				onProblem: setMessage,
			})}
			shortcuts={() => items.map((item, index): Shortcut => ({...itemShortcut(item), take() {
				dispatch({type: 'chose-item', index});
			}}))}
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
				takeCommand(command, {
					state, dispatch, moment, reader, logRows: Math.floor(height / shown.length) - 1, stream: streamOf(state, items, state.item),
					itemCount: items.length, sourceCount: charts.sources.length, hasTriage: triage !== undefined, hasTimes: hasTimes(current), ask: setAsking,
					openFile() {
						const file = logs[0]?.log.file;
						if (file !== undefined) {
							void lendTerminal(suspendTerminal, async () => {
								await actions.openFile?.(file).catch((error: unknown) => {
									setMessage(messageOf(error));
								});
							});
						}
					},
					copyCommand() {
						if (current?.kind === 'proc' && current.proc.command !== undefined) {
							screen?.write(copySequence(pasteCommand(current.proc.command)));
							setMessage('Copied the command, through OSC 52.');
						}
					},
				});
			}}
		>
			<Rows lines={top} width={columns} height={topRows}/>
			<Box height={height}>
				{!state.isZoomed && <Rows lines={itemLines(items, state.item, {glyphs, width: listWidth, height, isRunning: view.benchmark.status === 'running'})} width={listWidth} height={height}/>}
				<Box flexDirection='column'>
					{logs.map(({index, item, log}, place) => (
						<LogPane
							key={log.file} reader={readers[place]!} isFocused={place === 0} column={place === 0 ? state.column : 0} wraps={state.wraps} hasTimes={hasTimes(item) ?? true}
							title={paneTitle(item, streamOf(state, items, index))}
							width={paneWidth} height={paneHeight(height, logs.length, place)}
						/>
					))}
				</Box>
			</Box>
		</Page>
	);
}
