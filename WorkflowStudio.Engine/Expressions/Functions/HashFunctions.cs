using System.Security.Cryptography;
using System.Text;
using WorkflowStudio.Engine.Expressions.Types;
using WorkflowStudio.Engine.Expressions.Values;
using static WorkflowStudio.Engine.Expressions.Functions.Takes;

namespace WorkflowStudio.Engine.Expressions.Functions;

/// <summary>Hashes and codes of text, in UTF-8.</summary>
internal static class HashFunctions
{
    public static ExpressionFunction[] All { get; } =
    [
        new("sha256", "The SHA-256 hash of the text, 64 hexadecimal digits.", [Text("text")], ExpressionType.Text, "sha256(\"maria\")")
        { ClearsSecret = true, Body = a => Hex(SHA256.HashData(Bytes(a.Text(0)))) },
        new("sha512", "The SHA-512 hash of the text, 128 hexadecimal digits.", [Text("text")], ExpressionType.Text,
            "sha512(\"maria\") | substring(0, 16)")
        { ClearsSecret = true, Body = a => Hex(SHA512.HashData(Bytes(a.Text(0)))) },
        new("hmac_sha256", "The HMAC-SHA-256 of the text with a key, 64 hexadecimal digits: a signature.", [Text("text"), Text("key")],
            ExpressionType.Text, "hmac_sha256(\"body\", \"key\")")
        { ClearsSecret = true, Body = a => Hex(HMACSHA256.HashData(Bytes(a.Text(1)), Bytes(a.Text(0)))) },
        new("base64_encode", "The text in base64.", [Text("text")], ExpressionType.Text, "base64_encode(\"Añil\")")
        { Body = a => Value.Of(Convert.ToBase64String(Bytes(a.Text(0)))) },
        new("base64_decode", "The text that base64 holds; the URL form is read too.", [Text("text")], ExpressionType.Text,
            "base64_decode(\"QcOxaWw=\")")
        { Body = Decode },
    ];

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static Value Hex(byte[] hash) => Value.Of(Convert.ToHexStringLower(hash));

    private static Value Decode(Arguments a)
    {
        var plain = a.Text(0).Trim().Replace('-', '+').Replace('_', '/').TrimEnd('=');
        var padded = plain.PadRight((plain.Length + 3) / 4 * 4, '=');
        var bytes = new byte[padded.Length];
        return Convert.TryFromBase64String(padded, bytes, out var length) && System.Text.Unicode.Utf8.IsValid(bytes.AsSpan(0, length))
            ? Value.Of(Encoding.UTF8.GetString(bytes, 0, length))
            : a.Fail("base64_decode was given a text that is not base64, or does not hold text.");
    }
}
