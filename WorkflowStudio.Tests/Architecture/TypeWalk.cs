using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace WorkflowStudio.Tests.Architecture;

/// <summary>Visits everything that one type is made of.</summary>
internal sealed class TypeWalk
{
    private static readonly Dictionary<int, OpCode> Codes = typeof(OpCodes).GetFields()
        .Where(f => f.FieldType == typeof(OpCode)).Select(f => (OpCode)f.GetValue(null)!).ToDictionary(c => c.Value & 0xFFFF);

    private readonly PEReader file;
    private readonly MetadataReader reader;
    private readonly HashSet<string> found;
    private readonly Names names;
    private readonly SignatureTypes types;

    public TypeWalk(PEReader file, MetadataReader reader, HashSet<string> found)
    {
        (this.file, this.reader, this.found, names) = (file, reader, found, new Names(reader));
        types = new SignatureTypes(found, names);
    }

    public void Walk(TypeDefinitionHandle handle)
    {
        var type = reader.GetTypeDefinition(handle);
        Entity(type.BaseType);
        foreach (var contract in type.GetInterfaceImplementations()) Entity(reader.GetInterfaceImplementation(contract).Interface);
        foreach (var field in type.GetFields()) reader.GetFieldDefinition(field).DecodeSignature(types, null);
        foreach (var method in type.GetMethods()) Method(reader.GetMethodDefinition(method));
        foreach (var attribute in type.GetCustomAttributes()) Entity(reader.GetCustomAttribute(attribute).Constructor);
    }

    private void Method(MethodDefinition method)
    {
        method.DecodeSignature(types, null);
        if (method.RelativeVirtualAddress == 0) return;
        var body = file.GetMethodBody(method.RelativeVirtualAddress);
        if (!body.LocalSignature.IsNil) reader.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(types, null);
        Instructions(body.GetILReader());
    }

    private void Instructions(BlobReader il)
    {
        while (il.RemainingBytes > 0)
        {
            int code = il.ReadByte();
            if (code == 0xFE) code = (code << 8) | il.ReadByte();
            switch (Codes[code].OperandType)
            {
                case OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType:
                    Entity(MetadataTokens.EntityHandle(il.ReadInt32()));
                    break;
                case OperandType.InlineSwitch:
                    var targets = il.ReadInt32();
                    il.Offset += targets * 4;
                    break;
                case OperandType.InlineI8 or OperandType.InlineR:
                    il.Offset += 8;
                    break;
                case OperandType.InlineVar:
                    il.Offset += 2;
                    break;
                case OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar:
                    il.Offset += 1;
                    break;
                case OperandType.InlineNone:
                    break;
                default:
                    il.Offset += 4;
                    break;
            }
        }
    }

    private void Entity(EntityHandle handle)
    {
        if (handle.IsNil) return;
        switch (handle.Kind)
        {
            case HandleKind.TypeDefinition:
                found.Add(names.Outermost((TypeDefinitionHandle)handle));
                break;
            case HandleKind.TypeReference:
                found.Add(names.Outermost((TypeReferenceHandle)handle));
                break;
            case HandleKind.TypeSpecification:
                reader.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(types, null);
                break;
            case HandleKind.MemberReference:
                Member(reader.GetMemberReference((MemberReferenceHandle)handle));
                break;
            case HandleKind.MethodSpecification:
                var generic = reader.GetMethodSpecification((MethodSpecificationHandle)handle);
                generic.DecodeSignature(types, null);
                Entity(generic.Method);
                break;
            case HandleKind.MethodDefinition:
                found.Add(names.Outermost(reader.GetMethodDefinition((MethodDefinitionHandle)handle).GetDeclaringType()));
                break;
            case HandleKind.FieldDefinition:
                found.Add(names.Outermost(reader.GetFieldDefinition((FieldDefinitionHandle)handle).GetDeclaringType()));
                break;
        }
    }

    private void Member(MemberReference member)
    {
        Entity(member.Parent);
        if (member.GetKind() == MemberReferenceKind.Method) member.DecodeMethodSignature(types, null);
        else member.DecodeFieldSignature(types, null);
        if (member.Parent.Kind == HandleKind.TypeReference)
            found.Add($"{names.Outermost((TypeReferenceHandle)member.Parent)}::{reader.GetString(member.Name)}");
    }
}
