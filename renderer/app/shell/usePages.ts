/** The pages that this app has. */
import { useRouter } from 'vue-router';
import { PAGES, type NavigationPage } from './pages.ts';

/** @returns pages of the navigation whose route is there, in their order */
export function usePages(): readonly NavigationPage[] {
  const router = useRouter();
  return PAGES.filter(({ name }) => router.hasRoute(name));
}
