using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace WorkflowStudio.Tests.Architecture;

/// <summary>
/// Reads from a compiled assembly which types each type mentions: in bases, fields, signatures, attributes, and by every instruction that
/// carries a token. Nested types, closures and state machines count as the type around them.
/// </summary>
internal static class TypeReferences
{
    /// <summary>Every type with the full names of the types it mentions; <c>Type::Member</c> for members that are used.</summary>
    public static IReadOnlyDictionary<string, IReadOnlySet<string>> Of(string assemblyPath)
    {
        using var file = new PEReader(File.OpenRead(assemblyPath));
        var reader = file.GetMetadataReader();
        var found = new Dictionary<string, IReadOnlySet<string>>();
        foreach (var handle in reader.TypeDefinitions)
        {
            var owner = new Names(reader).Outermost(handle);
            if (!found.TryGetValue(owner, out var set)) found[owner] = set = new HashSet<string>();
            new TypeWalk(file, reader, (HashSet<string>)set).Walk(handle);
        }

        return found;
    }
}
