/** What APIs call the members that tell of pages, bare of case and punctuation, the surest first. */

/** Parameters that take a cursor. */
export const cursorParams: readonly string[] = [
  'cursor',
  'pagetoken',
  'nexttoken',
  'nextcursor',
  'continuationtoken',
  'continuation',
  'continue',
  'paginationtoken',
  'nextpagetoken',
  'startingafter',
  'startcursor',
  'startingtoken',
  'aftercursor',
  'pageafter',
  'pagecursor',
  'after',
  'afterid',
  'marker',
  'nextmarker',
  'scrollid',
  'bookmark',
  'pagestate',
  'exclusivestartkey',
  'next',
];

/** Members that hold the next page's cursor and nothing else. */
export const cursorNames: readonly string[] = [
  'nextcursor',
  'nextpagetoken',
  'nexttoken',
  'nextpagecursor',
  'continuationtoken',
  'nextcontinuationtoken',
  'nextmarker',
  'scrollid',
  'paginationtoken',
  'endcursor',
  'aftercursor',
  'nextbookmark',
  'nextpagestate',
  'nextafter',
  'nextoffset',
  'nextkey',
  'lastevaluatedkey',
];

/** Members that hold a cursor or a URL: which, their format or an example tells. */
export const nextNames: readonly string[] = ['next', 'nextpage'];

/** Members that say which page or item is next, and nothing else. */
export const nextNumberNames: readonly string[] = [
  'nextpagenumber',
  'nextpageno',
  'nextpagenum',
  'nextpageindex',
  'nextoffset',
  'nextpageoffset',
  'nextskip',
  'nextstart',
  'nextstartat',
  'nextstartindex',
  'nextindex',
];

/** Parameters that take the id of the last item that came. */
export const lastItemParams: readonly string[] = [
  'startingafter',
  'after',
  'afterid',
  'lastid',
  'pageafter',
];

/** Members that hold the next page's URL and nothing else. */
export const urlNames: readonly string[] = [
  'odatanextlink',
  'nextlink',
  'nexturl',
  'nextpageurl',
  'nexturi',
  'nextpageuri',
  'nexthref',
  'nextpagehref',
  'nextpagelink',
];

/** Parameters of which the very name says that they count what is left out. */
export const skipParams: readonly string[] = [
  'offset',
  'skip',
  'startat',
  'pageoffset',
  'startoffset',
];

/** Parameters that count from 0 or from 1, or bound a range. */
export const startParams: readonly string[] = [
  'startindex',
  'start',
  'from',
  'firstresult',
  'startposition',
  'startrow',
  'startrecord',
];

/** What bounds a range at its other end, by the parameter that bounds its beginning. */
export const endParams: Readonly<Record<string, readonly string[]>> = {
  start: ['end', 'stop', 'to', 'until', 'through'],
  from: ['to', 'until', 'through'],
  startindex: ['endindex'],
  startposition: ['endposition'],
  startrow: ['endrow'],
  startrecord: ['endrecord'],
};

export const pageParams: readonly string[] = [
  'page',
  'pagenumber',
  'pageno',
  'pagenum',
  'pageindex',
  'currentpage',
  'pagepage',
];

export const limitParams: readonly string[] = [
  'limit',
  'perpage',
  'pagesize',
  'pagelimit',
  'size',
  'count',
  'maxresults',
  'top',
  'maxitems',
  'itemsperpage',
  'resultsperpage',
  'rows',
  'take',
  'num',
  'rpp',
  'maxperpage',
  'pagelength',
  'max',
  'maxkeys',
];

/** Members that count all items. */
export const totalNames: readonly string[] = [
  'total',
  'totalcount',
  'totalresults',
  'totalitems',
  'totalelements',
  'totalrecords',
  'totalrows',
  'totalsize',
  'totalhits',
];

/** Members that count all pages. */
export const totalPagesNames: readonly string[] = [
  'totalpages',
  'pagecount',
  'lastpage',
  'numpages',
  'pagestotal',
  'pages',
  'totalpagecount',
];

/** Members that say which page came. */
export const numberNames: readonly string[] = [
  'pagenumber',
  'currentpage',
  'page',
  'number',
  'pageindex',
  'pageno',
];

/** Members that are `false` on the last page. */
export const moreNames: readonly string[] = [
  'hasmore',
  'hasnextpage',
  'hasnext',
  'istruncated',
  'truncated',
  'hasmoreitems',
  'hasmorepages',
  'hasmoreresults',
  'moreavailable',
  'moreresults',
  'moreitems',
  'morerecords',
  'more',
];

/** Members that are `true` on the last page. */
export const lastNames: readonly string[] = [
  'islast',
  'islastpage',
  'last',
  'lastpage',
  'endoflist',
];

/** Other members that tell of pages. */
export const sizeNames: readonly string[] = [
  'pagelen',
  'pagesize',
  'perpage',
  'limit',
  'itemsperpage',
];
