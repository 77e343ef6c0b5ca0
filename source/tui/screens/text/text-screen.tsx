import {useEffect, useState} from 'react';
import {messageOf} from '../../../core/errors.ts';
import {cutCells} from '../../../logs/cells.ts';
import {parseQuery} from '../../../logs/query.ts';
import {plainText, styledText} from '../../../logs/styled-text.ts';
import {Rows} from '../../components/rows.tsx';
import {type Line, lineOf, segment} from '../../text/line.ts';
import {isMoving, stepOf} from '../../text/move.ts';
import {type Asked, Page, pageRows} from '../page.tsx';
import {type ScreenProps} from '../place.ts';
import {marks} from '../row-style.ts';
import {wrapWords} from '../wrap-words.ts';

type TextScreenProps = ScreenProps & {
	readonly title: string;
	/** The text for a size in cells; colours in it stay. */
	readonly read: (columns: number, rows: number) => Promise<string>;
	/** Long lines go on in the next one, rather than beyond the screen. */
	readonly wraps?: boolean;
	/** What enter does, where it does anything: `run it`. */
	readonly enter?: {readonly label: string; readonly take: () => void};
};

const scrollCells = 8;

/** A text that is scrolled and searched: a plan, a comparison. */
export function TextScreen({title, read, enter, wraps = false, columns, rows, isActive, navigation}: TextScreenProps) {
	const height = rows - pageRows;
	const [lines, setLines] = useState<readonly string[]>();
	const [problem, setProblem] = useState<string>();
	const [from, setFrom] = useState(0);
	const [column, setColumn] = useState(0);
	const [search, setSearch] = useState('');
	const [isAsking, setIsAsking] = useState(false);
	useEffect(() => {
		let isOver = false;
		const load = async () => {
			try {
				const text = await read(columns, height);
				if (!isOver) {
					setLines(text.trimEnd().split('\n').flatMap(line => (wraps && line.length > columns - 2 ? wrapWords(line, columns - 2) : [line])));
				}
			} catch (error) {
				if (!isOver) {
					setProblem(messageOf(error));
				}
			}
		};

		void load();
		return () => {
			isOver = true;
		};
	}, [read, wraps, columns, height]);
	const last = Math.max(0, (lines?.length ?? 0) - height);
	const query = search === '' ? undefined : parseQuery(search);
	const goToMatch = (start: number, step: 1 | -1, typed = query) => {
		const all = typed ? lines ?? [] : [];
		for (let tried = 0; tried < all.length; tried++) {
			const index = (start + (tried * step) + (2 * all.length)) % all.length;
			if (typed?.test(plainText(all[index]!))) {
				setFrom(Math.min(last, index));
				return;
			}
		}
	};

	const asked: Asked | undefined = isAsking
		? {
			sign: '/',
			onSubmit(text) {
				setSearch(text);
				setIsAsking(false);
				goToMatch(from, 1, text === '' ? undefined : parseQuery(text));
			},
			onCancel() {
				setIsAsking(false);
			},
		}
		: undefined;
	const body: readonly Line[] = problem === undefined
		? (lines ?? ['Working it out …']).slice(from, from + height).map((line): Line => marks(cutCells(styledText(line), column, columns - 2).map(({text, style}) => ({text, sgr: style})), query))
		: [[], lineOf(` ${plainText(problem)}`, 'warn')];
	return (
		<Page
			columns={columns} rows={rows} isActive={isActive} navigation={navigation} places={enter ? ['text', 'moving', 'searching'] : ['moving', 'searching']} without={['palette', 'filter']} title={[segment(plainText(title), 'plain', {bold: true})]} asked={asked}
			right={lines && lines.length > height ? [segment(`${from + 1}-${Math.min(lines.length, from + height)} of ${lines.length}`, 'muted')] : []}
			status={enter ? lineOf(enter.label, 'accent') : []}
			onCommand={command => {
				if (command === 'left' || command === 'right') {
					setColumn(Math.max(0, column + (command === 'left' ? -scrollCells : scrollCells)));
				} else if (isMoving(command)) {
					setFrom(Math.max(0, Math.min(last, from + stepOf(command, height))));
				} else {
					switch (command) {
						case 'search': {
							setIsAsking(true);

							break;
						}

						case 'next-match':
						case 'previous-match': {
							goToMatch(from + (command === 'next-match' ? 1 : -1), command === 'next-match' ? 1 : -1);

							break;
						}

						case 'accept': {
							enter?.take();

							break;
						}
 // No default
					}
				}
			}}
		>
			<Rows lines={body.map(line => [segment(' '), ...line])} width={columns} height={height}/>
		</Page>
	);
}
