import {useEffect, useState} from 'react';
import {messageOf} from '../../../core/errors.ts';
import {plainText} from '../../../logs/styled-text.ts';
import {distinctLabels} from '../../../results/distinct-labels.ts';
import {openResults} from '../../../results/open-results.ts';
import {plotKinds} from '../../../results/plot/figure-spec.ts';
import {type PlotData, type PlotKind} from '../../../results/plot/plot-data.ts';
import {readPlot} from '../../../results/plot/read-plot.ts';
import {terminalPlot} from '../../../results/plot/terminal-plot.ts';
import {Rows} from '../../components/rows.tsx';
import {useLook} from '../../look.ts';
import {hueOf, type Line, lineOf, segment} from '../../text/line.ts';
import {type Asked, Page, pageRows} from '../page.tsx';
import {type ScreenProps} from '../place.ts';

type Choice = {readonly kind: PlotKind; readonly groupBy: readonly string[]; readonly isLog: boolean};

const titles: Readonly<Record<PlotKind, string>> = {lt: 'latency against throughput', time: 'over time', cdf: 'latencies, cumulated', bar: 'bars'};

/** Plots of some runs, as `benchdeck plot` draws them. */
export function PlotScreen({paths, columns, rows, isActive, navigation}: ScreenProps & {readonly paths: readonly string[]}) {
	const {glyphs} = useLook();
	const [{kind, groupBy, isLog}, setChoice] = useState<Choice>({kind: 'lt', groupBy: [], isLog: false});
	const [data, setData] = useState<PlotData>();
	const [problem, setProblem] = useState<string>();
	const [isAsking, setIsAsking] = useState(false);
	useEffect(() => {
		let isOver = false;
		const read = async () => {
			try {
				const sets = distinctLabels(await Promise.all(paths.map(async path => openResults(path, '/'))));
				const plot = await readPlot(kind, sets, {x: undefined, y: undefined, groupBy, where: [], labels: {}, logX: kind === 'cdf' || isLog, logY: isLog});
				if (!isOver) {
					setData(plot);
					setProblem(undefined);
				}
			} catch (error) {
				if (!isOver) {
					setProblem(messageOf(error));
				}
			}
		};

		void read();
		return () => {
			isOver = true;
		};
	}, [paths, kind, groupBy, isLog]);
	const height = rows - pageRows;
	const asked: Asked | undefined = isAsking
		? {
			sign: 'group by ', text: groupBy.join(','),
			onSubmit(text) {
				setIsAsking(false);
				setChoice({kind, isLog, groupBy: text.split(',').map(name => name.trim()).filter(name => name !== '')});
			},
			onCancel() {
				setIsAsking(false);
			},
		}
		: undefined;
	const note = problem ?? data?.notes[0];
	return (
		<Page
			columns={columns} rows={rows} isActive={isActive} navigation={navigation} places={['plot']} without={['palette']} asked={asked}
			title={[segment(titles[kind], 'plain', {bold: true})]} right={[segment(`${paths.length} run${paths.length === 1 ? '' : 's'}${isLog ? ', log axes' : ''}`, 'muted')]}
			status={lineOf(note === undefined ? '' : plainText(note), problem === undefined ? 'muted' : 'warn')}
			onCommand={command => {
				switch (command) {
					case 'kind': {
						setData(undefined);
						setChoice({kind: plotKinds[(plotKinds.indexOf(kind) + 1) % plotKinds.length]!, groupBy, isLog});
						break;
					}

					case 'group-by': {
						setIsAsking(true);
						break;
					}

					case 'log': {
						setChoice({kind, groupBy, isLog: !isLog});
						break;
					}
				}
			}}
		>
			<Rows lines={plotLines(data, problem, {width: columns - 2, height, isAscii: !glyphs.unicode})} width={columns} height={height}/>
		</Page>
	);
}

function plotLines(data: PlotData | undefined, problem: string | undefined, size: {readonly width: number; readonly height: number; readonly isAscii: boolean}): readonly Line[] {
	if (problem !== undefined) {
		return [[], lineOf(`  ${plainText(problem)}`, 'warn')];
	}

	return data
		? terminalPlot(data, size).map((pieces): Line => [segment(' '), ...pieces.map(({text, series}) => segment(plainText(text), series === undefined ? 'muted' : hueOf(series)))])
		: [[], lineOf('  Working it out …', 'muted')];
}
