import fc from "fast-check";
import { expect, it } from "vitest";
import { findVersion } from "../../../../shared/facts/gitops/version-in-file.ts";

it("a single key is found wherever it stands, a path only from the file's top", () => {
  const values = "replicas: 2\nsidecar:\n  image:\n    tag: s1\nimage:\n  repository: shop/web\n  tag: v7 # now\n";
  expect(findVersion(values, "tag")).toBe("s1");
  expect(findVersion(values, "image.tag")).toBe("v7");
  expect(findVersion(values, "image.digest")).toBeNull();
});

it("lists on the way are passed through", () => {
  const kustomization = "images:\n- name: shop/web\n  newTag: v8\nresources:\n- base\n";
  expect(findVersion(kustomization, "images.newTag")).toBe("v8");
  expect(findVersion(JSON.stringify({ images: [{ name: "x" }, { newTag: 9 }] }), "images.newTag")).toBe("9");
});

it("quotation marks, line ends of Windows and templates around it do not hide it", () => {
  expect(findVersion(`{{- if .Values }}\r\n"tag": 'v''1'\r\n`, "tag")).toBe("v'1");
  expect(findVersion('image_tag: "v 2" # two', "image_tag")).toBe("v 2");
});

it("a key without a value of its own, a list or an alias is no version", () => {
  for (const written of ["tag:", "tag: null", "tag: [1]", "tag: *base", "tag: |", "# tag: v1"]) {
    expect(findVersion(`${written}\nother: 1\n`, "tag")).toBeNull();
  }
});

it("any text is read without a fault", () => {
  fc.assert(
    fc.property(fc.string(), fc.string({ minLength: 1 }), (content, place) => {
      const found = findVersion(content, place);
      return found === null || typeof found === "string";
    }),
  );
});
