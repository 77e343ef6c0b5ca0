import {useEffect, useState} from 'react';
import {messageOf} from '../../../core/errors.ts';
import {plainText} from '../../../logs/styled-text.ts';
import {viewBenchmark, type ViewedBenchmark} from '../../../results/benchmark-view.ts';
import {type Triage, triageBenchmark} from '../../../results/triage.ts';
import {Rows} from '../../components/rows.tsx';
import {lineOf, segment} from '../../text/line.ts';
import {useBrowser} from '../context.ts';
import {Page, pageRows} from '../page.tsx';
import {type ScreenProps} from '../place.ts';
import {BenchmarkPage} from './benchmark-page.tsx';

type Read = {readonly view?: ViewedBenchmark; readonly triage?: Triage; readonly problem?: string};

const pollMs = 2000;

/** A benchmark. Until it is read, or where it cannot be, a line says so; one that runs is read again and again. */
export function BenchmarkScreen({path, id, ...props}: ScreenProps & {readonly path: string; readonly id: string}) {
	const {options: {clock = Date.now}} = useBrowser();
	const [read, setRead] = useState<Read>({});
	const isLive = read.view?.benchmark.status === 'running' && props.isActive;
	useEffect(() => {
		let isOver = false;
		const look = async () => {
			try {
				const view = await viewBenchmark(path, id, clock());
				const triage = view?.benchmark.status === 'failed' ? await triageBenchmark(view.run, view.benchmark) : undefined;
				if (!isOver) {
					setRead(view ? {view, triage} : {problem: `There is no benchmark ${id} in ${path}.`});
				}
			} catch (error) {
				if (!isOver) {
					setRead({problem: messageOf(error)});
				}
			}
		};

		const timer = isLive
			? setInterval(() => {
				void look();
			}, pollMs)
			: undefined;
		if (!isLive) {
			void look();
		}

		return () => {
			isOver = true;
			clearInterval(timer);
		};
	}, [path, id, clock, isLive]);
	if (read.view) {
		return <BenchmarkPage {...props} view={read.view} triage={read.triage}/>;
	}

	const {columns, rows, isActive, navigation} = props;
	return (
		<Page columns={columns} rows={rows} isActive={isActive} navigation={navigation} places={[]} title={[segment(id, 'plain', {bold: true})]} onCommand={() => undefined}>
			<Rows lines={[[], read.problem === undefined ? lineOf('  Reading …', 'muted') : lineOf(`  ${plainText(read.problem)}`, 'warn')]} width={columns} height={rows - pageRows}/>
		</Page>
	);
}
