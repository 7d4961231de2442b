"""The bytes of pictures: what they say besides what they show, how large they are, which way up they are."""
