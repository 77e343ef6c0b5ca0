import {Box} from 'ink';
import {useEffect, useReducer, useState} from 'react';
import {type ResultSet} from '../../../results/result-set.ts';
import {type Triage} from '../../../results/triage.ts';
import {type Shortcut} from '../../components/palette.tsx';
import {Rows} from '../../components/rows.tsx';
import {useLook} from '../../look.ts';
import {type Line, segment} from '../../text/line.ts';
import {AgainDialog} from '../again-dialog.tsx';
import {useBrowser} from '../context.ts';
import {Page, pageRows} from '../page.tsx';
import {type ScreenProps} from '../place.ts';
import {triagesLines} from '../triage-lines.ts';
import {ColumnChooser} from './column-chooser.tsx';
import {detailsLines} from './details-lines.ts';
import {suiteLines} from './suite-lines.ts';
import {type Asking, askedOf} from './suite-asked.ts';
import {suiteCommands} from './suite-commands.ts';
import {columnChoice, openSuite, reduceSuite} from './suite-state.ts';
import {rightOf, statusOf, titleOf} from './suite-titles.ts';
import {useRowFilter} from './use-row-filter.ts';
import {useRowSearch} from './use-row-search.ts';

type SuiteTableProps = ScreenProps & {readonly set: ResultSet; readonly triages: readonly Triage[]};

// From this width on, details stand beside the table.
const beside = 110;

/** The table of a suite's benchmarks, above it why some failed, beside it the details of one. */
export function SuiteTable({set, triages, navigation, isActive, columns, rows}: SuiteTableProps) {
	const {glyphs} = useLook();
	const {onEnd} = useBrowser();
	const [state, dispatch] = useReducer(reduceSuite, set, openSuite);
	const [asking, setAsking] = useState<Asking>();
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

	const rowSearch = useRowSearch(state, dispatch, page);
	const rowFilter = useRowFilter(state, dispatch);
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
			status={statusOf(state, rowSearch.isSearching)}
			asked={askedOf(asking, state, {rowSearch, rowFilter, close})}
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
							<AgainDialog directories={[set.path]} width={columns} height={rows} onCancel={close}/>
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
				const hasMore = rowSearch.isSearching || rowFilter.isFiltering || state.hasDetails || state.where !== '';
				if (rowSearch.isSearching) {
					rowSearch.stop();
				} else if (rowFilter.isFiltering) {
					rowFilter.stop();
				} else if (state.hasDetails) {
					dispatch({type: 'toggled-details'});
				} else if (hasMore) {
					dispatch({type: 'filtered', where: ''});
				}

				return hasMore;
			}}
			onCommand={suiteCommands(state, {dispatch, rowSearch, navigation, onEnd, page, ask: setAsking, toggleTriage() {
				setHasTriage(!hasTriage);
			}})}
		>
			<Rows lines={why} width={columns} height={whyRows} />
			<Box flexDirection={isBeside ? 'row' : 'column'}>
				{table}
				{details}
			</Box>
		</Page>
	);
}
