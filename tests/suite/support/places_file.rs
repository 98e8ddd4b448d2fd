//! A small database of places in the format `.mmdb`: a tree of bits, then what its leaves say.
//! (`MaxMind` DB File Format Specification 2.0)

use std::{io::Write as _, net::Ipv4Addr};

use tempfile::NamedTempFile;

/// What a value can be here.
enum Value<'a> {
    Text(&'a str),
    Number16(u16),
    Number32(u32),
    Number64(u64),
    List(Vec<Value<'a>>),
    Map(Vec<(&'a str, Value<'a>)>),
}

use Value::{List, Map, Number16, Number32, Number64, Text};

impl Value<'_> {
    fn write(&self, out: &mut Vec<u8>) {
        match self {
            Text(text) => {
                head(out, 2, text.len());
                out.extend(text.bytes());
            }
            Number16(number) => number_of(out, 5, &number.to_be_bytes()),
            Number32(number) => number_of(out, 6, &number.to_be_bytes()),
            Number64(number) => number_of(out, 9, &number.to_be_bytes()),
            List(values) => {
                head(out, 11, values.len());
                for value in values {
                    value.write(out);
                }
            }
            Map(members) => {
                head(out, 7, members.len());
                for (name, value) in members {
                    Text(name).write(out);
                    value.write(out);
                }
            }
        }
    }
}

fn number_of(out: &mut Vec<u8>, kind: u8, bytes: &[u8]) {
    head(out, kind, bytes.len());
    out.extend(bytes);
}

/// The control byte: the kind above the size; kinds beyond 7 stand in a byte of their own.
fn head(out: &mut Vec<u8>, kind: u8, size: usize) {
    let size = u8::try_from(size).expect("a small thing");
    let (low, more) = if size < 29 { (size, None) } else { (29, Some(size - 29)) };
    out.push(if kind > 7 { low } else { kind << 5 | low });
    out.extend((kind > 7).then(|| kind - 7));
    out.extend(more);
}

/// A file that knows one network of IPv4, by its first 24 bits: a city with its names, and a country.
pub fn knowing(network: Ipv4Addr, city: &[(&str, &str)], country: &str) -> NamedTempFile {
    let nodes: u32 = 24;
    let bits = u32::from(network);
    let mut file = Vec::new();
    for depth in 0..nodes {
        let last = depth + 1 == nodes;
        let next = if last { nodes + 16 } else { depth + 1 };
        let right = bits >> (31 - depth) & 1 == 1;
        let pair = if right { [nodes, next] } else { [next, nodes] };
        for record in pair {
            file.extend(&record.to_be_bytes()[1..]);
        }
    }
    file.extend([0; 16]);
    let city = city.iter().map(|(tag, name)| (*tag, Text(name))).collect();
    let found = Map(vec![
        ("city", Map(vec![("names", Map(city))])),
        ("country", Map(vec![("iso_code", Text(country))])),
    ]);
    found.write(&mut file);
    file.extend(b"\xab\xcd\xefMaxMind.com");
    let about = Map(vec![
        ("node_count", Number32(nodes)),
        ("record_size", Number16(24)),
        ("ip_version", Number16(4)),
        ("database_type", Text("Test-City")),
        ("languages", List(vec![Text("en")])),
        ("binary_format_major_version", Number16(2)),
        ("binary_format_minor_version", Number16(0)),
        ("build_epoch", Number64(1_795_176_000)),
        ("description", Map(vec![("en", Text("One place"))])),
    ]);
    about.write(&mut file);
    let mut place = NamedTempFile::new().expect("room on the disk");
    place.write_all(&file).expect("room on the disk");
    place
}
