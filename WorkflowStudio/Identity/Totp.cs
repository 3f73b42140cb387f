using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace WorkflowStudio.Identity;

/// <summary>The codes of authenticator apps: RFC 6238 as all of them have it, six digits every 30 seconds by SHA-1.</summary>
internal static class Totp
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const int KeyBytes = 20; // RFC 4226, 4
    private const int Digits = 6;
    private const int Seconds = 30;
    private const int BitsOfLetter = 5;

    /// <summary>A new key, in letters and digits that can be typed (RFC 4648, base 32).</summary>
    public static string NewKey() => Write(RandomNumberGenerator.GetBytes(KeyBytes));

    /// <summary>What an app reads from the picture.</summary>
    public static string Address(string account, string key) =>
        $"otpauth://totp/WorkflowStudio:{Uri.EscapeDataString(account)}?secret={key}"
        + $"&issuer=WorkflowStudio&digits={Digits}&period={Seconds}";

    /// <summary>
    /// The step of time of which a code is, the one before or after included; null for one that is wrong, or of no later step than the last
    /// that was used: a code is good once (RFC 6238, 5.2).
    /// </summary>
    public static long? StepOf(string key, string? code, DateTimeOffset now, long lastUsed)
    {
        var typed = string.Concat((code ?? "").Where(c => c is not (' ' or '-')));
        if (typed.Length != Digits || !typed.All(char.IsAsciiDigit)) return null;
        var (bytes, sent, at) = (Read(key), Encoding.ASCII.GetBytes(typed), now.ToUnixTimeSeconds() / Seconds);
        for (var step = at - 1; step <= at + 1; step++)
        {
            if (step > lastUsed && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(CodeOf(bytes, step)), sent)) return step;
        }

        return null;
    }

    /// <summary>The code of a key at a time.</summary>
    public static string CodeAt(string key, DateTimeOffset at) => CodeOf(Read(key), at.ToUnixTimeSeconds() / Seconds);

    [SuppressMessage("Security", "CA5350", Justification = "RFC 6238: the apps know no other; HMAC does not rest on what SHA-1 lacks.")]
    private static string CodeOf(byte[] key, long step)
    {
        Span<byte> text = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(text, step);
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
        HMACSHA1.HashData(key, text, hash);
        var number = BinaryPrimitives.ReadInt32BigEndian(hash[(hash[^1] & 0xf)..]) & int.MaxValue;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    private static string Write(byte[] bytes)
    {
        var (text, held, bits) = (new StringBuilder(), 0, 0);
        foreach (var one in bytes)
        {
            (held, bits) = ((held << 8) | one, bits + 8);
            for (; bits >= BitsOfLetter; bits -= BitsOfLetter) text.Append(Alphabet[(held >> (bits - BitsOfLetter)) & 31]);
            held &= (1 << bits) - 1;
        }

        return text.ToString();
    }

    // a key is 160 bits: no letter is left over
    private static byte[] Read(string key)
    {
        var (bytes, held, bits) = (new List<byte>(KeyBytes), 0, 0);
        foreach (var letter in key)
        {
            (held, bits) = ((held << BitsOfLetter) | Alphabet.IndexOf(letter, StringComparison.Ordinal), bits + BitsOfLetter);
            if (bits < 8) continue;
            bits -= 8;
            bytes.Add((byte)(held >> bits));
            held &= (1 << bits) - 1;
        }

        return [.. bytes];
    }
}
