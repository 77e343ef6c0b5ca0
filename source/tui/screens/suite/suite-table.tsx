import {Box} from 'ink';
import {useEffect, useReducer, useState} from 'react';
import {plainText} from '../../../logs/styled-text.ts';
import {type ResultSet} from '../../../results/result-set.ts';
import {type Triage} from '../../../results/triage.ts';
import {Dialog} from '../../components/dialog.tsx';
import {type Shortcut} from '../../components/palette.tsx';
import {Rows} from '../../components/rows.tsx';
import {useLook} from '../../look.ts';
import {type Line, lineOf, segment} from '../../text/line.ts';
import {isMoving} from '../../text/move.ts';
import {useBrowser} from '../context.ts';
import {type Asked, Page, pageRows} from '../page.tsx';
import {type ScreenProps} from '../place.ts';
import {triagesLines} from '../triage-lines.ts';
import {ColumnChooser} from './column-chooser.tsx';
import {detailsLines} from './details-lines.ts';
import {suiteLines} from './suite-lines.ts';
import {columnChoice, openSuite, reduceSuite, type SuiteState} from './suite-state.ts';

type SuiteTableProps = ScreenProps & {readonly set: ResultSet; readonly triages: readonly Triage[]};

// From this width on, details stand beside the table.
const beside = 110;

/** The table of a suite's benchmarks, above it why some failed, beside it the details of one. */
export function SuiteTable({set, triages, navigation, isActive, columns, rows}: SuiteTableProps) {
	const {glyphs} = useLook();
	const {onEnd} = useBrowser();
	const [state, dispatch] = useReducer(reduceSuite, set, openSuite);
	const [asking, setAsking] = useState<'search' | 'filter' | 'columns' | 'again'>();
	const [hasTriage, setHasTriage] = useState(true);
	useEffect(() => {
		dispatch({type: 'read', set});
	}, [set]);

	const why = hasTriage ? triagesLines(triages, glyphs.failed) : [];
	const body = rows - pageRows;
	const whyRows = state.hasDetails && columns < beside ? 0 : Math.min(why.length, Math.max(0, Math.floor(body * 0.6)));
	const isBeside = columns >= beside;
	const detailsWidth = state.hasDetails ? (isBeside ? Math.min(60, Math.floor(columns * 0.42)) : columns) : 0;
	const detailsRows = state.hasDetails && !isBeside ? Math.floor((body - whyRows) / 2) : 0;
	const height = body - whyRows - detailsRows;
	const page = height - 1;
	const width = isBeside ? columns - detailsWidth : columns;
	const current = state.rows[state.row];
	const close = () => {
		setAsking(undefined);
	};

	const directories = [set.path];
	const table = <Rows lines={suiteLines(state, {glyphs, width, height})} width={width} height={height}/>;
	const details = state.hasDetails && (
		<Rows
			lines={detailsLines(state.set, current?.row, detailsWidth - 3).map((line): Line => [
				segment(isBeside ? ` ${glyphs.vertical} ` : ' ', 'faint'),
				...line,
			])}
			width={detailsWidth}
			height={isBeside ? height : detailsRows}
		/>
	);
	return (
		<Page
			columns={columns}
			rows={rows}
			isActive={isActive}
			navigation={navigation}
			places={['suite', 'moving', 'searching']}
			without={[...(triages.length > 0 ? [] : ['triage'])]}
			first={['open', ...(triages.length > 0 ? ['triage'] : []), 'details', 'columns', 'sort', 'search', 'filter', 'fold', 'plot', 'again']}
			title={titleOf(set)}
			right={rightOf(state)}
			status={statusOf(state)}
			asked={askedOf(asking, state, close, dispatch, page)}
			dialog={
				asking === 'columns'
					? (
						<ColumnChooser
							choice={columnChoice(state)}
							width={columns}
							height={rows}
							onCancel={close}
							onAccept={names => {
								dispatch({type: 'chose', columns: names});
								close();
							}}
						/>
					)
					: (
						asking === 'again' && (
							<Dialog
								question='Run this suite?'
								notes={[set.name]}
								width={columns}
								height={rows}
								onCancel={close}
								choices={[
									{
										key: 'm',
										label: 'what is missing or failed',
										take() {
											onEnd({kind: 'resume', directories});
										},
									},
									{
										key: 'a',
										label: 'all of it again, in a new directory',
										take() {
											onEnd({kind: 'again', directories});
										},
									},
								]}
							/>
						)
					)
			}
			shortcuts={() =>
				set.run?.benchmarks
					.filter(({status}) => status !== 'waiting')
					.map(({id, status}): Shortcut => ({
						kind: 'place',
						name: id,
						detail: `this benchmark: ${status}`,
						keys: [],
						take() {
							navigation.open({kind: 'benchmark', path: set.path, id});
						},
					})) ?? []
			}
			onBack={() => {
				const hasMore = state.hasDetails || state.where !== '';
				if (state.hasDetails) {
					dispatch({type: 'toggled-details'});
				} else if (hasMore) {
					dispatch({type: 'filtered', where: ''});
				}

				return hasMore;
			}}
			onCommand={command => {
				if (isMoving(command)) {
					dispatch({type: 'moved', command, height: page});
					return;
				}

				switch (command) {
					case 'open': {
						if (current?.kind === 'folded' || current?.kind === 'opened') {
							dispatch({type: 'toggled-row'});
						} else if (current && set.run) {
							navigation.open({kind: 'benchmark', path: set.path, id: current.row.id});
						} else if (!state.hasDetails) {
							dispatch({type: 'toggled-details'});
						}

						break;
					}

					case 'columns':
					case 'search':
					case 'filter': {
						setAsking(command);
						break;
					}

					case 'again': {
						setAsking(set.run ? command : undefined);
						break;
					}

					case 'next-match':
					case 'previous-match': {
						dispatch({type: 'searched', text: state.search, step: command === 'next-match' ? 1 : -1, height: page});
						break;
					}

					case 'sort': {
						dispatch({type: 'sorted'});
						break;
					}

					case 'hide': {
						dispatch({type: 'hid'});
						break;
					}

					case 'freeze': {
						dispatch({type: 'froze'});
						break;
					}

					case 'fold': {
						dispatch({type: 'folded'});
						break;
					}

					case 'details': {
						dispatch({type: 'toggled-details'});
						break;
					}

					case 'triage': {
						setHasTriage(!hasTriage);
						break;
					}

					case 'plot': {
						navigation.open({kind: 'plot', paths: directories});
						break;
					}

					case 'live': {
						if (set.run?.state) {
							onEnd({kind: 'attach', directory: set.path});
						}

						break;
					}
				}
			}}
		>
			<Rows lines={why} width={columns} height={whyRows} />
			<Box flexDirection={isBeside ? 'row' : 'column'}>
				{table}
				{details}
			</Box>
		</Page>
	);
}

function askedOf(asking: string | undefined, state: SuiteState, close: () => void, dispatch: (action: Parameters<typeof reduceSuite>[1]) => void, height: number): Asked | undefined {
	if (asking === 'search') {
		const search = (text: string) => {
			dispatch({type: 'searched', text, step: 0, height});
		};

		return {
			sign: '/', onChange: search,
			onSubmit(text) {
				search(text);
				close();
			},
			onCancel() {
				search('');
				close();
			},
		};
	}

	if (asking === 'filter') {
		return {
			sign: '&', text: state.where, note: () => state.problem ?? `${state.rows.length} of ${state.set.rows.length}`,
			onChange(where) {
				dispatch({type: 'filtered', where});
			},
			onSubmit(where) {
				dispatch({type: 'filtered', where});
				close();
			},
			onCancel() {
				dispatch({type: 'filtered', where: ''});
				close();
			},
		};
	}

	return undefined;
}

function titleOf({run, name}: ResultSet): Line {
	const words = run ? [segment(plainText(run.suite), 'plain', {bold: true}), segment(`  ${run.word ?? ''}`, 'muted')] : [segment(plainText(name), 'plain', {bold: true})];
	const rehearsal = run?.args['engine'] === 'rehearsal' ? [segment(' rehearsal', 'warn')] : [];
	return run ? [...words, ...rehearsal, segment(`  ${run.status}`, run.status === 'failed' ? 'bad' : (run.status === 'finished' ? 'good' : 'warn'))] : words;
}

function rightOf({rows, set}: SuiteState): Line {
	const things = `${set.rows.length} benchmark${set.rows.length === 1 ? '' : 's'}`;
	const failed = set.rows.filter(({status}) => status === 'failed').length;
	return [
		...(failed > 0 ? [segment(`${failed} failed  `, 'bad')] : []),
		segment(rows.length === set.rows.length ? things : `${rows.length} row${rows.length === 1 ? '' : 's'} of ${things}`, 'muted'),
	];
}

function statusOf({problem, where, set, row, rows}: SuiteState): Line {
	if (problem !== undefined) {
		return lineOf(plainText(problem), 'warn');
	}

	const place = rows.length > 0 ? `${row + 1}/${rows.length}` : '';
	const [warning] = set.warnings;
	return [
		segment(place, 'faint'),
		segment(where === '' ? '' : `  only ${where}`, 'muted'),
		segment(
			warning === undefined ? '' : `  ${plainText(warning)}${set.warnings.length > 1 ? `, and ${set.warnings.length - 1} more` : ''}`,
			'warn',
		),
	];
}
