import { act, renderHook } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { useSteadyRows } from "./useSteadyRows";

interface Row {
  id: string;
  text: string;
}

function rows(...ids: string[]): Row[] {
  return ids.map((id) => ({ id, text: id }));
}

function start(latest: Row[]) {
  const rendered = renderHook(({ list, question }) => useSteadyRows(list, question), {
    initialProps: { list: latest, question: "all" },
  });
  return {
    shown: () => rendered.result.current.rows.map(({ text }) => text),
    changed: () => rendered.result.current.changed,
    refresh: (list: Row[], question = "all") => {
      rendered.rerender({ list, question });
    },
    point: () => {
      act(() => {
        rendered.result.current.hold.onPointerEnter();
      });
    },
    leave: () => {
      act(() => {
        rendered.result.current.hold.onPointerLeave();
      });
    },
    focus: () => {
      act(() => {
        rendered.result.current.hold.onFocus();
      });
    },
    show: () => {
      act(() => {
        rendered.result.current.show();
      });
    },
  };
}

describe("rows that are refreshed", () => {
  it("follow the list while nobody is among them", () => {
    const list = start(rows("a", "b"));
    list.refresh(rows("c", "b", "a"));
    expect(list.shown()).toEqual(["c", "b", "a"]);
    expect(list.changed()).toBe(false);
  });

  it("stay where they are under the pointer, with new contents, and follow when it leaves", () => {
    const list = start(rows("a", "b"));
    list.point();
    list.refresh([{ id: "c", text: "c" }, { id: "b", text: "B" }]); // prettier-ignore
    expect(list.shown()).toEqual(["a", "B"]);
    expect(list.changed()).toBe(true);
    list.leave();
    expect(list.shown()).toEqual(["c", "B"]);
    expect(list.changed()).toBe(false);
  });

  it("have not changed where only their contents have", () => {
    const list = start(rows("a"));
    list.point();
    list.refresh([{ id: "a", text: "A" }]);
    expect(list.changed()).toBe(false);
  });

  it("stay where they are while one has the focus, until the list is asked for", () => {
    const list = start(rows("a", "b"));
    list.focus();
    list.refresh(rows("b"));
    expect(list.shown()).toEqual(["a", "b"]);
    list.show();
    expect(list.shown()).toEqual(["b"]);
    list.refresh(rows("c", "b"));
    expect(list.shown()).toEqual(["b"]);
  });

  it("are those of another list at once", () => {
    const list = start(rows("a"));
    list.point();
    list.refresh([], "others");
    list.refresh(rows("c"), "others");
    expect(list.shown()).toEqual(["c"]);
    list.refresh(rows("d"), "others");
    expect(list.shown()).toEqual(["d"]);
  });
});
