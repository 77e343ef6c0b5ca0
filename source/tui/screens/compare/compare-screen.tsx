import {useCallback, useState} from 'react';
import {BenchError} from '../../../core/errors.ts';
import {plainText} from '../../../logs/styled-text.ts';
import {fieldNames} from '../../../results/result-set.ts';
import {Rows} from '../../components/rows.tsx';
import {useLook} from '../../look.ts';
import {type Line, lineOf, segment} from '../../text/line.ts';
import {useBrowser} from '../context.ts';
import {completeField, fieldNote} from '../field-prompt.ts';
import {type Asked, Page, pageRows} from '../page.tsx';
import {type ScreenProps} from '../place.ts';
import {settingsLines} from '../settings-lines.ts';
import {useRead} from '../use-read.ts';
import {useScrolledText} from '../use-scrolled-text.ts';
import {useSets} from '../use-sets.ts';
import {wrapWords} from '../../text/wrap-words.ts';
import {type CompareChoice, compareOptions, compareSettings, usualComparison} from './compare-choice.ts';

type Typed = Exclude<keyof CompareChoice, 'baseline'>;

const signs: Readonly<Record<Typed, string>> = {on: 'match on ', map: 'map OLD=NEW ', figures: 'figures ', where: 'only rows where '};
const fieldOf = {'match-on': 'on', map: 'map', figures: 'figures', filter: 'where'} as const satisfies Readonly<Record<string, Typed>>;

/** A comparison of runs, as `benchdeck compare` prints it, with what it is set to above it. */
export function CompareScreen({paths, columns, rows, isActive, navigation}: ScreenProps & {readonly paths: readonly string[]}) {
	const {glyphs} = useLook();
	const {options: {actions}} = useBrowser();
	const [choice, setChoice] = useState(usualComparison);
	const [asking, setAsking] = useState<Typed>();
	const {value: sets, problem: unreadable} = useSets(paths);
	const {value: text, problem: refused} = useRead(useCallback(async () => {
		if (!sets) {
			return undefined;
		}

		if (!actions?.compare) {
			throw new BenchError('usage', 'That is not there in this browser.');
		}

		const baseline = sets[choice.baseline]!;
		return actions.compare(baseline, sets.filter(set => set !== baseline), compareOptions(choice), columns - 2);
	}, [actions, sets, choice, columns]));
	const problem = unreadable ?? refused;
	const settings = settingsLines(compareSettings(choice, sets ?? []), 'compare', columns - 2, glyphs.unicode);
	const height = Math.max(1, rows - pageRows - settings.length - 1);
	const scrolled = useScrolledText(text ?? 'Working it out …', {columns, height});
	const names = [...new Set((sets ?? []).flatMap(set => fieldNames(set)))];
	const asked: Asked | undefined = asking
		? {
			sign: signs[asking], text: choice[asking], note: typed => fieldNote(typed, names), complete: typed => completeField(typed, names),
			onSubmit(typed) {
				setAsking(undefined);
				setChoice({...choice, [asking]: typed.trim()});
			},
			onCancel() {
				setAsking(undefined);
			},
		}
		: scrolled.asked;
	return (
		<Page
			columns={columns} rows={rows} isActive={isActive} navigation={navigation} places={['compare', 'moving', 'searching']}
			title={[segment('compare ', 'muted'), segment(plainText((sets ?? []).map(({label}) => label).join(', ')), 'plain', {bold: true})]} right={scrolled.right} asked={asked}
			onCommand={command => {
				switch (command) {
					case 'baseline': {
						setChoice({...choice, baseline: sets ? (choice.baseline + 1) % sets.length : 0});
						break;
					}

					case 'match-on':
					case 'map':
					case 'figures':
					case 'filter': {
						setAsking(fieldOf[command]);
						break;
					}

					default: {
						scrolled.onCommand(command);
					}
				}
			}}
		>
			<Rows lines={[...settings.map((line): Line => [segment(' '), ...line]), []]} width={columns} height={settings.length + 1}/>
			<Rows lines={problem === undefined ? scrolled.lines : wrapWords(plainText(problem), columns - 2).map(line => lineOf(` ${line}`, 'warn'))} width={columns} height={height}/>
		</Page>
	);
}
