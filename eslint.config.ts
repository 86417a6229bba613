// House rules, file size, and the components. What needs types in *.ts files, such as floating promises, oxlint judges
// (.oxlintrc.json), in a tenth of the time; *.vue files it cannot read.
import type { Linter } from 'eslint';
import vue from 'eslint-plugin-vue';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';
import vueParser from 'vue-eslint-parser';

/** Syntax that is given up everywhere. */
const RESTRICTED = [
  {
    selector:
      "AssignmentExpression[left.object.name='ctx'][left.property.name='body'][right.name=/[sS]tream|[bB]ody$/]",
    message: 'Koa 3.3 can be crashed through ctx.body = stream; write to ctx.res as pipeline/relay.ts does.',
  },
  { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' },
  { selector: 'TSEnumDeclaration', message: 'Use a union of literals; enums are not erasable.' },
];

const HOUSE_RULES: Linter.RulesRecord = {
  'max-lines': ['error', { max: 400, skipBlankLines: false, skipComments: false }],
  'no-console': 'error',
  eqeqeq: 'error',
  'no-restricted-syntax': ['error', ...RESTRICTED],
};

export default defineConfig(
  { ignores: ['out/**', 'node_modules/**', 'coverage/**', 'test-results/**', 'playwright-report/**'] },
  {
    files: ['**/*.ts', '**/*.vue'],
    extends: [...tseslint.configs.strict],
    rules: {
      ...HOUSE_RULES,
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
      '@typescript-eslint/no-non-null-assertion': 'error',
    },
  },
  ...vue.configs['flat/recommended'],
  // A switch over every case returns; only the compiler sees that.
  { rules: { 'vue/return-in-computed-property': 'off' } },
  {
    files: ['**/*.vue'],
    extends: [...tseslint.configs.strictTypeCheckedOnly],
    languageOptions: {
      parser: vueParser,
      parserOptions: {
        parser: tseslint.parser,
        project: ['./tsconfig.renderer.json'],
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.vue'],
      },
    },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
      'vue/multi-word-component-names': 'off',
      'vue/html-self-closing': 'off',
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/html-indent': 'off',
      'vue/html-closing-bracket-newline': 'off',
      // Line breaks are Prettier's; an absent optional prop is simply undefined.
      'vue/multiline-html-element-content-newline': 'off',
      'vue/require-default-prop': 'off',
      // ESLint cannot see the types of templates and of other components; vue-tsc can, and judges these.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      'vue/no-v-html': 'error',
      // Defaults of props are destructured, which this rule does not understand.
      '@typescript-eslint/no-useless-default-assignment': 'off',
    },
  },
  {
    files: ['contract/**/*.ts', 'renderer/**/*.ts', 'renderer/**/*.vue'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: [
            { name: 'zod', message: "Import 'zod/mini': the full build is twenty times larger in the UI." },
          ],
        },
      ],
    },
  },
  {
    files: ['scripts/**', 'server/commands/**', 'server/main.ts', 'server/program.ts', 'bench/**', 'e2e/**'],
    rules: { 'no-console': 'off' },
  },
  {
    // What every request goes through.
    files: ['gateway/{core,dialects,guards,http,pipeline,routing,state,storage,transport}/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        ...RESTRICTED,
        {
          selector:
            "AssignmentExpression[left.type='MemberExpression'][right.type=/^(ArrowFunction|Function)Expression$/]",
          message:
            'Such a function is never young, and keeps its request from the collector: give it a name first, then assign the name (docs/decisions/0015).',
        },
      ],
    },
  },
  { files: ['**/*.config.ts', '**/*.vue', 'renderer/env.d.ts'], rules: { 'no-restricted-syntax': 'off' } },
  {
    files: ['**/*.test.ts', 'gateway/testing/**', 'e2e/**'],
    rules: {
      'max-lines': ['error', { max: 600 }],
    },
  },
);
