import {BenchmarkScreen} from './benchmark/benchmark-screen.tsx';
import {CompareScreen} from './compare/compare-screen.tsx';
import {PlanScreen} from './plan/plan-screen.tsx';
import {type Place, type ScreenProps} from './place.ts';
import {PlotScreen} from './plot/plot-screen.tsx';
import {SuiteScreen} from './suite/suite-screen.tsx';

/** A place that is reached from a list: what it shows takes code that a list does not. */
type InnerPlace = Exclude<Place, {readonly kind: 'home' | 'suites'}>;

/** The screen of a place that is reached from a list. */
export function InnerScreen({place, ...props}: ScreenProps & {readonly place: InnerPlace}) {
	switch (place.kind) {
		case 'suite': {
			return <SuiteScreen {...props} path={place.path}/>;
		}

		case 'benchmark': {
			return <BenchmarkScreen {...props} path={place.path} id={place.id}/>;
		}

		case 'plot': {
			return <PlotScreen {...props} paths={place.paths}/>;
		}

		case 'compare': {
			return <CompareScreen {...props} paths={place.paths}/>;
		}

		case 'plan': {
			return <PlanScreen {...props} suite={place.suite}/>;
		}
	}
}
