using System.Collections.Immutable;
using PromptLsp.Language.Catalog.Types;
using PromptLsp.Language.Semantics;
using PromptLsp.Language.Text;

namespace PromptLsp.Language.Navigation;

/// <summary>A member's name in YAML: where it is declared, or a key of a value.</summary>
/// <param name="Span">The name without its quotes.</param>
/// <param name="Field">What its type says of it; null for a key that the type does not know.</param>
/// <param name="Path">The names from the outermost in.</param>
internal sealed record NamedMember(TextSpan Span, Field? Field, ImmutableArray<string> Path);
