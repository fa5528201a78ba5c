interface Event {
  readonly at: number;
  readonly act: () => void;
}

/** What is to happen, the earliest first: a binary heap. */
export class EventQueue {
  readonly #events: Event[] = [];

  add(at: number, act: () => void): void {
    const events = this.#events;
    const event = { at, act };
    let place = events.length;
    while (place > 0) {
      const above = (place - 1) >> 1;
      const parent = events[above]!;
      if (parent.at <= at) break;
      events[place] = parent;
      place = above;
    }
    events[place] = event;
  }

  /** Takes the next one out. */
  next(): Event | undefined {
    const events = this.#events;
    const [first] = events;
    const last = events.pop();
    if (!last || events.length === 0) return first;
    let place = 0;
    for (;;) {
      const left = 2 * place + 1;
      const right = left + 1;
      const isRight = right < events.length && events[right]!.at < events[left]!.at;
      const child = isRight ? right : left;
      const below = events[child];
      if (!below || below.at >= last.at) break;
      events[place] = below;
      place = child;
    }
    events[place] = last;
    return first;
  }
}
