import {plainText} from '../../../logs/styled-text.ts';
import {type ViewedBenchmark} from '../../../results/benchmark-view.ts';
import {resultsOfRun} from '../../../results/open-results.ts';
import {pasteCommand} from '../../../results/paste-command.ts';
import {type Triage} from '../../../results/triage.ts';
import {type Line, lineOf, segment} from '../../text/line.ts';
import {detailsLines} from '../suite/details-lines.ts';
import {triageLines} from '../triage-lines.ts';
import {wrapWords} from '../../text/wrap-words.ts';
import {type BenchmarkState} from './benchmark-state.ts';
import {type Item} from './item.ts';

type PanelOptions = {
	readonly state: BenchmarkState;
	readonly view: ViewedBenchmark;
	readonly triage: Triage | undefined;
	readonly item: Item | undefined;
	readonly width: number;
	readonly sign: string;
};

/** What covers the charts; undefined where nothing does. */
export function panelLines({state, view, triage, item, width, sign}: PanelOptions): readonly Line[] | undefined {
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
