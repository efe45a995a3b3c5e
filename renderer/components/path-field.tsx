import { IconFolderOpen } from "@tabler/icons-react";
import { FileTrigger } from "react-aria-components";
import { strings } from "../strings.ts";
import { Button } from "./button.tsx";
import { TextField, type TextFieldProps } from "./text-field.tsx";

/** A path: typed, chosen, or dropped. Folders can be typed and dropped; the system's file dialog chooses files. */
export function PathField({ onChange, ...rest }: TextFieldProps) {
  const take = (files: FileList | null | undefined) => {
    const file = files?.[0];
    const path = file && window.tickmark.pathForFile(file);
    if (path) onChange(path);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way to what the field and button do
    <div
      className="path-field"
      data-takes-files
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        take(event.dataTransfer.files);
      }}
    >
      <TextField {...rest} isMono onChange={onChange} />
      <FileTrigger onSelect={take}>
        <Button icon={<IconFolderOpen size={15} aria-hidden />}>{strings.common.chooseFile}</Button>
      </FileTrigger>
    </div>
  );
}
