using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace WorkflowStudio.Engine.Expressions;

/// <summary>A growing piece of UTF-8 JSON in rented memory. Give it back by disposing it; its bytes must not be used after that.</summary>
internal sealed class JsonBytes : IBufferWriter<byte>, IDisposable
{
    private byte[] bytes = ArrayPool<byte>.Shared.Rent(512);

    /// <summary>How many bytes are written.</summary>
    public int Length { get; private set; }

    /// <summary>What is written.</summary>
    public ReadOnlySpan<byte> Written => bytes.AsSpan(0, Length);

    /// <summary>Appends bytes that are JSON already.</summary>
    public void Raw(ReadOnlySpan<byte> json)
    {
        json.CopyTo(GetSpan(json.Length));
        Length += json.Length;
    }

    /// <summary>Appends a value exactly as it stands in its document, without reading it.</summary>
    public void Raw(JsonElement value) => Raw(JsonMarshal.GetRawUtf8Value(value));

    /// <summary>Appends text escaped for the inside of a JSON string, without quotes.</summary>
    public void Escaped(ReadOnlySpan<byte> utf8)
    {
        while (utf8.Length > 0)
        {
            JavaScriptEncoder.UnsafeRelaxedJsonEscaping.EncodeUtf8(utf8, GetSpan(Math.Max(utf8.Length, 12)), out var read, out var written);
            Length += written;
            utf8 = utf8[read..];
        }
    }

    public void Advance(int count) => Length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Grow(sizeHint);
        return bytes.AsMemory(Length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Grow(sizeHint);
        return bytes.AsSpan(Length);
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(bytes);
        bytes = [];
        Length = 0;
    }

    private void Grow(int more)
    {
        if (bytes.Length - Length >= Math.Max(more, 1)) return;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(bytes.Length * 2, Length + more));
        Written.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(bytes);
        bytes = larger;
    }
}
