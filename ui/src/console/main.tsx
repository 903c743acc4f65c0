import { render, type JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import '@preact/signals';
import { askedLanguage, loadWords } from '../messages';
import { late } from '../late';
import { locked, session } from './api';
import { BoardPage } from './board/board';
import { CallsPage } from './calls/calls';
import { setSignedIn } from './live';
import { Empty } from './parts';
import { route } from './router';
import { Shell, spoken } from './shell';
import { loadSession, SignIn, unreachable } from './signin';
import { TodayPage } from './today';
import { t, type Key } from './words';

const Setup = late(() => import('./joining').then((page) => page.Setup));
const Join = late(() => import('./joining').then((page) => page.Join));
const DutiesPage = late(() => import('./duties').then((page) => page.DutiesPage));
const ClosingPage = late(() => import('./closing').then((page) => page.ClosingPage));
const HouseholdsPage = late(() => import('./households').then((page) => page.HouseholdsPage));
const PlacesPage = late(() => import('./places').then((page) => page.PlacesPage));
const PeoplePage = late(() => import('./people').then((page) => page.PeoplePage));
const ImportPage = late(() => import('./import').then((page) => page.ImportPage));
const SlipsPage = late(() => import('./slips').then((page) => page.SlipsPage));
const HandoutPage = late(() => import('./handout').then((page) => page.HandoutPage));
const VoicePage = late(() => import('./care/voice').then((page) => page.VoicePage));
const MePage = late(() => import('./care/me').then((page) => page.MePage));
const LedgerPage = late(() => import('./care/ledger').then((page) => page.LedgerPage));
const GoodsPage = late(() => import('./goods/page').then((page) => page.Page));
const InboxPage = late(() => import('./inbox/inbox').then((page) => page.Page));
const CyclesPage = late(() => import('./cycles/cycles').then((page) => page.Page));
const StoryPage = late(() => import('./cycles/story').then((page) => page.Page));
const RoundPage = late(() => import('./cycles/round').then((page) => page.Page));
const MoneyPage = late(() => import('./money/money').then((page) => page.Page));
const HelpPage = late(() => import('./services/services').then((page) => page.Page));
const OffersPage = late(() => import('./services/offers').then((page) => page.Page));
const SupplierPage = late(() => import('./cycles/supplier').then((page) => page.Page));
const BackupsPage = late(() => import('./care/backups').then((page) => page.BackupsPage));
const RightsPage = late(() => import('./care/rights').then((page) => page.RightsPage));
const ReachPage = late(() => import('./reach').then((page) => page.ReachPage));
const ProgressPage = late(() => import('./care/progress').then((page) => page.ProgressPage));
const PhonePage = late(() => import('./care/phone').then((page) => page.PhonePage));
const PinWatch = late(() => import('./care/pin').then((part) => part.PinWatch));
const PinPage = late(() => import('./care/pin').then((page) => page.PinPage));
const OpeningPage = late(() => import('./care/opening').then((page) => page.OpeningPage));
const CareDayPage = late(() => import('./care/day').then((page) => page.CareDayPage));
const RollPage = late(() => import('./care/roll').then((page) => page.RollPage));
const GroupPage = late(() => import('./care/group').then((page) => page.GroupPage));
const SuspicionsPage = late(() => import('./care/suspicions').then((page) => page.SuspicionsPage));
const TimelinePage = late(() => import('./care/timeline').then((page) => page.TimelinePage));
const LabelsPage = late(() => import('./care/measures').then((page) => page.LabelsPage));

const pages: Record<string, { title: Key; page: () => JSX.Element }> = {
  '': { title: 'nav_today', page: () => <TodayPage /> },
  today: { title: 'nav_today', page: () => <TodayPage /> },
  calls: { title: 'calls', page: () => <CallsPage /> },
  duties: { title: 'duties', page: () => <DutiesPage /> },
  closing: { title: 'closing', page: () => <ClosingPage /> },
  board: { title: 'nav_board', page: () => <BoardPage /> },
  goods: { title: 'goods', page: () => <GoodsPage /> },
  households: { title: 'nav_register', page: () => <HouseholdsPage /> },
  places: { title: 'register_places', page: () => <PlacesPage /> },
  slips: { title: 'slips', page: () => <SlipsPage /> },
  handout: { title: 'links', page: () => <HandoutPage /> },
  voice: { title: 'notes', page: () => <VoicePage /> },
  me: { title: 'login', page: () => <MePage /> },
  people: { title: 'nav_people', page: () => <PeoplePage /> },
  ledger: { title: 'ledger', page: () => <LedgerPage /> },
  care: { title: 'care_day', page: () => <CareDayPage /> },
  progress: { title: 'progress', page: () => <ProgressPage /> },
  roll: { title: 'roll', page: () => <RollPage /> },
  group: { title: 'group', page: () => <GroupPage /> },
  timeline: { title: 'timeline', page: () => <TimelinePage /> },
  suspicions: { title: 'susp', page: () => <SuspicionsPage /> },
  labels: { title: 'labels', page: () => <LabelsPage household={route.value.query.get('h')} /> },
  import: { title: 'nav_import', page: () => <ImportPage /> },
  inbox: { title: 'inbox', page: () => <InboxPage /> },
  cycles: { title: 'cycles', page: () => <CyclesPage /> },
  story: { title: 'cycles', page: () => <StoryPage /> },
  round: { title: 'cycles', page: () => <RoundPage /> },
  money: { title: 'money', page: () => <MoneyPage /> },
  help: { title: 'cycles', page: () => <HelpPage /> },
  offers: { title: 'cycles', page: () => <OffersPage /> },
  reach: { title: 'reach', page: () => <ReachPage /> },
  backups: { title: 'backups', page: () => <BackupsPage /> },
  opening: { title: 'opening', page: () => <OpeningPage /> },
  rights: { title: 'rights', page: () => <RightsPage /> },
};

/** Under a rule pack that keeps nobody in, these are no pages at all. */
const controlPages = ['calls', 'roll', 'labels', 'progress', 'suspicions'];

function App() {
  const { page } = route.value;
  const known = session.value;
  useEffect(() => setSignedIn(Boolean(known)), [known]);
  const found = known?.community.control === false && controlPages.includes(page) ? undefined : pages[page];
  // A title names the screen and never a person or a door: it stands in the history of a shared desk.
  document.title = found ? t(found.title) : t('sign_in');
  if (page === 'setup') return <Setup />;
  if (page === 'join') return <Join />;
  // A supplier has no account: its link stands behind the #, where no server and no log sees it.
  if (page === 'supplier') return <SupplierPage />;
  if (page === 'phone') return <PhonePage />;
  if (known === undefined) return null;
  if (known === null && locked.value) return <PinPage />;
  // On the stairs nobody can be asked who this is: the round shows what this phone holds, until somebody says no.
  if (known === null && page === 'round' && unreachable.value) return <RoundPage />;
  if (known === null) return <SignIn />;
  return (
    <Shell key={spoken.value}>
      {localStorage.pin && <PinWatch />}
      {found ? (
        found.page()
      ) : (
        <main class="page">
          <h1 class="vh">{t('not_found_page')}</h1>
          <Empty text={t('not_found_page')}>
            <a class="btn primary" href="/c/">
              {t('to_today')}
            </a>
          </Empty>
        </main>
      )}
    </Shell>
  );
}

/** One answer that is lost must not leave the desk a white page until somebody thinks of loading it again. */
const words = (): Promise<void> =>
  loadWords(askedLanguage()).catch(() => new Promise<void>((later) => setTimeout(later, 1000)).then(words));

async function start(): Promise<void> {
  await Promise.all([words(), loadSession()]);
  render(<App />, document.getElementById('app')!);
}

void start();
