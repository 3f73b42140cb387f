using System.Globalization;
using System.Text;
using System.Text.Json;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Api;

/// <summary>
/// Reads <c>application/x-www-form-urlencoded</c> (URL Standard, 5.1): the bytes are taken apart first and read in the charset afterwards,
/// so that a letter may stand as it is or as an escape, in names as in values.
/// </summary>
internal static class FormBody
{
    /// <summary>The fields as an object; or why they cannot be read.</summary>
    public static ApiProblem? Read(ReadOnlySpan<byte> body, string? charset, out JsonElement value)
    {
        value = default;
        if (!ForeignText.TryEncoding(charset, out var encoding, out var unknown)) return ApiProblem.Unreadable("The form", unknown);
        if (!KeepsAscii(encoding))
            return new ApiProblem(
                415, "unsupported_media_type", $"A form cannot be read in the charset {encoding.WebName}. Send it as UTF-8.");
        if (body is [0xEF, 0xBB, 0xBF, ..])
        {
            body = body[3..]; // a byte order mark says UTF-8 itself
            ForeignText.TryEncoding(null, out encoding, out _);
        }

        var fields = new FormFields();
        foreach (var range in body.Split((byte)'&'))
        {
            var pair = body[range];
            if (pair.IsEmpty) continue;
            var at = pair.IndexOf((byte)'=');
            if (Text(at < 0 ? pair : pair[..at], encoding, "The name of a field", out var name) is { } wrongName) return wrongName;
            if (Text(at < 0 ? [] : pair[(at + 1)..], encoding, $"The field {name}", out var text) is { } wrong) return wrong;
            fields.Add(name, text);
        }

        value = fields.Json();
        return null;
    }

    private static ApiProblem? Text(ReadOnlySpan<byte> written, Encoding encoding, string what, out string text)
    {
        var bytes = new byte[written.Length];
        var length = 0;
        for (var i = 0; i < written.Length; i++)
        {
            var isEscape = written[i] == '%' && i + 2 < written.Length && char.IsAsciiHexDigit((char)written[i + 1])
                && char.IsAsciiHexDigit((char)written[i + 2]);
            bytes[length++] = isEscape ? byte.Parse(written.Slice(i + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture)
                : written[i] == '+' ? (byte)' '
                : written[i];
            if (isEscape) i += 2;
        }

        var isText = ForeignText.TryDecode(bytes.AsSpan(0, length), encoding, out var read, out var problem);
        text = read ?? "";
        return isText ? null : ApiProblem.Unreadable(what, problem!);
    }

    // the marks between fields are single bytes, which they are not in UTF-16 and in those that switch between alphabets
    private static bool KeepsAscii(Encoding encoding)
    {
        const string marks = "&=+%0Aa";
        return !encoding.WebName.StartsWith("iso-2022", StringComparison.OrdinalIgnoreCase)
            && !encoding.WebName.StartsWith("hz-", StringComparison.OrdinalIgnoreCase)
            && encoding.GetBytes(marks).AsSpan().SequenceEqual("&=+%0Aa"u8);
    }
}
