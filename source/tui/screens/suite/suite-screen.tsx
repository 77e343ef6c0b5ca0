import {lineOf, segment} from '../../text/line.ts';
import {Rows} from '../../components/rows.tsx';
import {plainText} from '../../../logs/styled-text.ts';
import {useBrowser} from '../context.ts';
import {Page, pageRows} from '../page.tsx';
import {type ScreenProps} from '../place.ts';
import {SuiteTable} from './suite-table.tsx';
import {useResults} from './use-results.ts';

/** A suite: its table and, where benchmarks failed, why. Until it is read, or where it cannot be, a line says so. */
export function SuiteScreen({path, ...props}: ScreenProps & {readonly path: string}) {
	const {options: {clock = Date.now}} = useBrowser();
	const results = useResults(path, clock, props.isActive);
	if (results.set) {
		return <SuiteTable {...props} set={results.set} triages={results.triages}/>;
	}

	const {columns, rows, isActive, navigation} = props;
	return (
		<Page
			columns={columns} rows={rows} isActive={isActive} navigation={navigation} places={[]} title={[segment(plainText(path.slice(path.lastIndexOf('/') + 1)), 'plain', {bold: true})]}
			onCommand={() => undefined}
		>
			<Rows lines={[[], results.problem === undefined ? lineOf('  Reading …', 'muted') : lineOf(`  ${plainText(results.problem)}`, 'warn')]} width={columns} height={rows - pageRows}/>
		</Page>
	);
}
