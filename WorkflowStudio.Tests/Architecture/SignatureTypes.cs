using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace WorkflowStudio.Tests.Architecture;

/// <summary>Collects the types of a signature.</summary>
internal sealed class SignatureTypes(HashSet<string> found, Names names)
    : ISignatureTypeProvider<int, object?>, ICustomAttributeTypeProvider<int>
{
    public int GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => Add(names.Outermost(handle));

    public int GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => Add(names.Outermost(handle));

    public int GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
        reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

    public int GetTypeFromSerializedName(string name) => Add(name.Split(',')[0].Split('+')[0].Split('[')[0]);

    public int GetArrayType(int elementType, ArrayShape shape) => 0;

    public int GetByReferenceType(int elementType) => 0;

    public int GetFunctionPointerType(MethodSignature<int> signature) => 0;

    public int GetGenericInstantiation(int genericType, ImmutableArray<int> typeArguments) => 0;

    public int GetGenericMethodParameter(object? genericContext, int index) => 0;

    public int GetGenericTypeParameter(object? genericContext, int index) => 0;

    public int GetModifiedType(int modifier, int unmodifiedType, bool isRequired) => 0;

    public int GetPinnedType(int elementType) => 0;

    public int GetPointerType(int elementType) => 0;

    public int GetPrimitiveType(PrimitiveTypeCode typeCode) => 0;

    public int GetSZArrayType(int elementType) => 0;

    public int GetSystemType() => 0;

    public bool IsSystemType(int type) => false;

    public PrimitiveTypeCode GetUnderlyingEnumType(int type) => PrimitiveTypeCode.Int32;

    private int Add(string name)
    {
        found.Add(name);
        return 0;
    }
}
