import { type RefObject, useLayoutEffect, useRef, useState } from "react";

interface Seen {
  readonly height: number;
  readonly scrollTop: number;
}

/** How high a scrolled element is and where it stands. */
export function useViewport(): [RefObject<HTMLDivElement | null>, Seen, (scrollTop: number) => void] {
  const scroller = useRef<HTMLDivElement>(null);
  const [height, setHeight] = useState(0);
  const [scrollTop, setScrollTop] = useState(0);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setHeight(element.clientHeight));
    observer.observe(element);
    setHeight(element.clientHeight);
    return () => observer.disconnect();
  }, []);
  return [scroller, { height, scrollTop }, setScrollTop];
}
