import {useCallback, useState} from 'react';
import {messageOf} from '../../../core/errors.ts';
import {plainText} from '../../../logs/styled-text.ts';
import {timeColumns} from '../../../results/plot/curve-data.ts';
import {fixedAxes, readPlot} from '../../../results/plot/read-plot.ts';
import {rehearsalNotes} from '../../../results/rehearsal-notes.ts';
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
import {useSets} from '../use-sets.ts';
import {wrapWords} from '../../text/wrap-words.ts';
import {nextKind, nextLog, type PlotField, plotOptions, plotSettings, specOf, usualPlot} from './plot-choice.ts';
import {plotLines} from './plot-lines.ts';

const signs: Readonly<Record<PlotField | 'file', string>> = {x: 'x ', y: 'y ', groupBy: 'group by ', where: 'only rows where ', names: 'names WORD=Name ', file: 'write to FILE.pdf or .svg '};
const maxNotes = 3;

/** Plots of some runs, as `benchdeck plot` draws them, with what they are set to above them. */
export function PlotScreen({paths, columns, rows, isActive, navigation}: ScreenProps & {readonly paths: readonly string[]}) {
	const {glyphs} = useLook();
	const {options: {actions}} = useBrowser();
	const [choice, setChoice] = useState(usualPlot);
	const [asking, setAsking] = useState<PlotField | 'file'>();
	const [said, setSaid] = useState<Line>([]);
	const {value: sets, problem: unreadable} = useSets(paths);
	const {value: data, problem: refused} = useRead(useCallback(async () => sets && readPlot(choice.kind, sets, plotOptions(choice)), [sets, choice]));
	const problem = unreadable ?? refused;
	const drawn = problem === undefined && data?.kind === choice.kind ? data : undefined;
	const width = columns - 2;
	const settings = settingsLines(plotSettings(choice, drawn), 'plot', width, glyphs.unicode);
	const notes = notesOf([...rehearsalNotes(sets ?? []), ...data?.notes ?? []], width, rows > 30 ? maxNotes : 1);
	const height = Math.max(1, rows - pageRows - settings.length - notes.length - 1);
	const names = choice.kind === 'time' && asking === 'y' ? timeColumns : [...new Set((sets ?? []).flatMap(set => fieldNames(set)))];
	const write = async (file: string) => {
		try {
			const written = drawn && await actions?.writeFigure?.(drawn, specOf(choice, paths, file));
			setSaid(lineOf(written ? `Wrote ${plainText(written.join(', '))}.` : 'There is nothing to write.', written ? 'good' : 'warn'));
		} catch (error) {
			setSaid(lineOf(plainText(messageOf(error)), 'warn'));
		}
	};

	const asked: Asked | undefined = asking && {
		sign: signs[asking], text: asking === 'file' ? 'fig.pdf' : choice[asking],
		...(asking !== 'file' && {note: typed => fieldNote(typed, names), complete: typed => completeField(typed, names)}),
		onSubmit(typed) {
			setAsking(undefined);
			if (asking === 'file') {
				void write(typed.trim());
			} else {
				setChoice({...choice, [asking]: typed.trim()});
			}
		},
		onCancel() {
			setAsking(undefined);
		},
	};
	const fixed = (['x', 'y'] as const).filter(axis => fixedAxes[axis].includes(choice.kind));
	return (
		<Page
			columns={columns} rows={rows} isActive={isActive} navigation={navigation} places={['plot', 'searching']} asked={asked} status={said}
			without={['search', 'next-match', 'previous-match', ...fixed, ...(actions?.writeFigure ? [] : ['write'])]}
			title={[segment('plot of ', 'muted'), segment(plainText((sets ?? []).map(({label}) => label).join(', ')), 'plain', {bold: true})]}
			onCommand={command => {
				setSaid([]);
				switch (command) {
					case 'kind': {
						setChoice(nextKind(choice));
						break;
					}

					case 'log': {
						setChoice(nextLog(choice));
						break;
					}

					case 'x':
					case 'y': {
						setAsking(fixedAxes[command].includes(choice.kind) ? undefined : command);
						break;
					}

					case 'group-by': {
						setAsking('groupBy');
						break;
					}

					case 'filter': {
						setAsking('where');
						break;
					}

					case 'names': {
						setAsking('names');
						break;
					}

					case 'write': {
						setAsking(actions?.writeFigure ? 'file' : undefined);
						break;
					}

					case 'search':
					case 'next-match':
					case 'previous-match': {
						break;
					}
				}
			}}
		>
			<Rows lines={[...settings.map((line): Line => [segment(' '), ...line]), []]} width={columns} height={settings.length + 1}/>
			<Rows lines={plotLines(drawn, problem, {width, height, isAscii: !glyphs.unicode})} width={columns} height={height}/>
			<Rows lines={notes} width={columns} height={notes.length}/>
		</Page>
	);
}

// The first of them whole, as far as there is room; how many more there are is told.
function notesOf(notes: readonly string[], width: number, room: number): readonly Line[] {
	const lines = notes.flatMap(note => wrapWords(`${plainText(note)}.`, width));
	return lines.slice(0, room).map((line, place): Line => [segment(` ${line}`, 'warn'), ...(place === room - 1 && lines.length > room ? [segment(' …', 'muted')] : [])]);
}
