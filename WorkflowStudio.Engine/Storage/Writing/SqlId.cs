namespace WorkflowStudio.Engine.Storage.Writing;

/// <summary>Ids as the statements write and read them: 16 bytes, in the order in which they are shown.</summary>
internal static class SqlId
{
    public static byte[] Of(Guid id) => id.ToByteArray(bigEndian: true);

    public static Guid Read(System.Data.Common.DbDataReader reader, int column) =>
        new(reader.GetFieldValue<byte[]>(column), bigEndian: true);
}
