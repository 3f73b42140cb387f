using System.Reflection.Metadata;

namespace WorkflowStudio.Tests.Architecture;

/// <summary>Full names of types in metadata.</summary>
internal sealed class Names(MetadataReader reader)
{
    /// <summary>The name of the type that is not nested around this one.</summary>
    public string Outermost(TypeDefinitionHandle handle)
    {
        var type = reader.GetTypeDefinition(handle);
        while (type.GetDeclaringType() is { IsNil: false } around) type = reader.GetTypeDefinition(around);
        return Join(reader.GetString(type.Namespace), reader.GetString(type.Name));
    }

    /// <summary>The name of a referenced type, outermost.</summary>
    public string Outermost(TypeReferenceHandle handle)
    {
        var type = reader.GetTypeReference(handle);
        while (type.ResolutionScope.Kind == HandleKind.TypeReference)
            type = reader.GetTypeReference((TypeReferenceHandle)type.ResolutionScope);
        return Join(reader.GetString(type.Namespace), reader.GetString(type.Name));
    }

    private static string Join(string space, string name) => space.Length == 0 ? name : $"{space}.{name}";
}
