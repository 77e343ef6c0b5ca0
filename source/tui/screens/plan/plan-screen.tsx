import {useCallback} from 'react';
import {BenchError} from '../../../core/errors.ts';
import {plainText} from '../../../logs/styled-text.ts';
import {Rows} from '../../components/rows.tsx';
import {lineOf, segment} from '../../text/line.ts';
import {useBrowser} from '../context.ts';
import {Page, pageRows} from '../page.tsx';
import {type ScreenProps} from '../place.ts';
import {useRead} from '../use-read.ts';
import {useScrolledText} from '../use-scrolled-text.ts';

/** What would run, as `benchdeck plan` prints it; enter runs it. */
export function PlanScreen({suite, columns, rows, isActive, navigation}: ScreenProps & {readonly suite: string}) {
	const {options: {actions}, onEnd} = useBrowser();
	const {value, problem} = useRead(useCallback(async () => {
		if (!actions?.plan) {
			throw new BenchError('usage', 'That is not there in this browser.');
		}

		return actions.plan(suite, columns - 2);
	}, [actions, suite, columns]));
	const height = rows - pageRows;
	const {lines, right, asked, onCommand} = useScrolledText(value ?? 'Working it out …', {columns, height});
	return (
		<Page
			columns={columns} rows={rows} isActive={isActive} navigation={navigation} places={['plan', 'moving', 'searching']} without={['filter']}
			title={[segment('plan of ', 'muted'), segment(plainText(suite), 'plain', {bold: true})]} right={right} asked={asked}
			status={problem === undefined ? lineOf(`Enter runs ${plainText(suite)}.`, 'accent') : []}
			onCommand={command => {
				if (command !== 'run') {
					onCommand(command);
				} else if (problem === undefined) {
					onEnd({kind: 'run', suite});
				}
			}}
		>
			<Rows lines={problem === undefined ? lines : [[], lineOf(` ${plainText(problem)}`, 'warn')]} width={columns} height={height}/>
		</Page>
	);
}
