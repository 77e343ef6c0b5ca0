import {plainText} from '../../../logs/styled-text.ts';
import {type ListedSuite} from '../../../results/listed-suite.ts';
import {type Line, lineOf, segment} from '../../text/line.ts';
import {type SuitesState} from './suites-state.ts';

/** How many suites there are, are marked, and run. */
export function rightOf({suites, isComplete, marked}: SuitesState): Line {
	const running = [...suites.values()].filter(({status}) => status === 'running').length;
	return [
		...(marked.length > 0 ? [segment(`${marked.length} marked  `, 'accent')] : []),
		...(running > 0 ? [segment(`${running} running  `, 'accent')] : []),
		segment(`${suites.size} suite${suites.size === 1 ? '' : 's'}${isComplete ? '' : ', reading …'}`, 'muted'),
	];
}

/** What has just happened, is looked for, or is to be said of the suite under the cursor. */
export function statusOf({search, filter, problem}: SuitesState, current: ListedSuite | undefined, message: string): Line {
	if (message !== '') {
		return lineOf(message, 'accent');
	}

	const parts = [filter === '' ? '' : `only ${filter}`, search === '' ? '' : `/${search}`].filter(part => part !== '');
	if (problem !== undefined || parts.length > 0) {
		return problem === undefined ? lineOf(parts.join('  '), 'faint') : lineOf(problem, 'warn');
	}

	// A narrow list has little room for notes.
	const remark = current?.problem ?? current?.note;
	return [segment(current?.name ?? '', 'faint'), ...(remark === undefined ? [] : [segment(`  ${plainText(remark)}`, current?.problem === undefined ? 'muted' : 'warn')])];
}
