/** An attribute: its local name, its prefix as written ('' for none), its normalized value. */
export interface XmlAttribute {
  readonly name: string;
  readonly prefix: string;
  readonly value: string;
}

/** An element. `text` joins all its direct character data, without comments and processing instructions. */
export interface XmlElement<Text = string> {
  readonly name: string;
  readonly prefix: string;
  readonly attributes: readonly XmlAttribute[];
  readonly children: readonly XmlElement<Text>[];
  readonly text: Text;
}
