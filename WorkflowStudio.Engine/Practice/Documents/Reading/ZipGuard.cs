using System.IO.Compression;

namespace WorkflowStudio.Engine.Practice.Documents.Reading;

/// <summary>
/// Unpacks once and counts what comes out before a library may open a packed document: what the directory of an archive says of its sizes
/// is its sender's word.
/// </summary>
internal static class ZipGuard
{
    private const int MostEntries = 10_000;

    /// <summary>The names of what is in the archive.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static IReadOnlyList<string> Names(byte[] content)
    {
        using var zip = Open(content);
        return [.. zip.Entries.Select(e => e.FullName)];
    }

    /// <summary>Refuses an archive of which more comes out than any usual document has.</summary>
    /// <exception cref="DocumentRefusedException">It is a bomb.</exception>
    public static void Check(byte[] content, string name, CancellationToken cancellationToken)
    {
        using var zip = Open(content);
        if (zip.Entries.Count > MostEntries) throw new DocumentRefusedException(DocumentProblem.Bomb(name));
        var (total, buffer) = (0L, new byte[81_920]);
        foreach (var entry in zip.Entries)
        {
            // whatever its name: what a document is made of may be called anything
            using var stream = entry.Open();
            while (stream.Read(buffer) is > 0 and var read)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (IsBomb(total += read, content.Length)) throw new DocumentRefusedException(DocumentProblem.Bomb(name));
            }
        }
    }

    public static bool IsBomb(long unpacked, long packed) => unpacked > DocumentLimits.MaxUnpacked
        || (unpacked > DocumentLimits.SurelyFine && unpacked > packed * DocumentLimits.MaxRatio);

    private static ZipArchive Open(byte[] content) => new(new MemoryStream(content, writable: false), ZipArchiveMode.Read);
}
